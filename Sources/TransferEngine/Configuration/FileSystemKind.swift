internal import SystemPackage

#if canImport(Glibc)
internal import Glibc
#elseif canImport(Musl)
internal import Musl
#else
internal import Darwin
#endif

/// What kind of file system a folder lies on, by the name that `mount` shows.
enum FileSystemKind {
  /// Names of file systems whose files another machine may change: SQLite's WAL needs shared memory between all who write, and `flock`
  /// must be seen by all (https://sqlite.org/wal.html, https://sqlite.org/faq.html#q5). Not all of them fail at that, but none promises it.
  private static let network: [String: String] = [
    "nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "smb2": "SMB", "afs": "AFS", "openafs": "AFS", "9p": "9P",
    "ceph": "Ceph", "lustre": "Lustre", "ncpfs": "NCP", "coda": "Coda", "gfs2": "GFS2", "ocfs2": "OCFS2", "orangefs": "OrangeFS",
    "beegfs": "BeeGFS", "gpfs": "GPFS", "glusterfs": "GlusterFS", "webdav": "WebDAV", "vboxsf": "VirtualBox", "vmhgfs": "VMware",
    "prl_fs": "Parallels", "virtiofs": "virtiofs", "fuse.sshfs": "sshfs", "fuse.glusterfs": "GlusterFS", "fuse.ceph": "Ceph",
    "fuse.ceph-fuse": "Ceph", "fuse.s3fs": "S3", "fuse.rclone": "rclone", "fuse.gcsfuse": "Cloud Storage", "fuse.davfs": "WebDAV",
    "fuse.curlftpfs": "FTP", "fuse.smbnetfs": "SMB", "fuse.vmhgfs-fuse": "VMware", "fuse.juicefs": "JuiceFS", "fuse.mfs": "MooseFS",
    "fuse.gvfsd-fuse": "GVfs", "davfs": "WebDAV",
  ]

  /// How people call it; nil for a file system of this machine.
  static func networkName(of kind: String) -> String? { network[kind] }

  #if os(Linux)
  /// Nil when the kernel does not tell.
  static func of(_ folder: FilePath) -> String? {
    var status = stat()
    guard stat(folder.string, &status) == 0, let file = try? FileDescriptor.open("/proc/self/mountinfo", .readOnly, options: [.closeOnExec])
    else {
      return nil
    }
    defer { try? file.close() }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16_384)
    while let count = try? buffer.withUnsafeMutableBytes({ try file.read(into: $0) }), count > 0 { bytes += buffer[..<count] }
    let device = UInt64(status.st_dev)
    // As `gnu_dev_major` and `gnu_dev_minor` have it.
    let major = ((device >> 8) & 0xFFF) | ((device >> 32) & ~0xFFF)
    let minor = (device & 0xFF) | ((device >> 12) & ~0xFF)
    return kind(of: "\(major):\(minor)", in: String(decoding: bytes, as: UTF8.self))
  }

  /// - Parameter mounts: proc(5), `/proc/PID/mountinfo`: `36 35 98:0 /root /mount/point options optional… - type source options`.
  static func kind(of device: String, in mounts: String) -> String? {
    for line in mounts.split(separator: "\n") {
      let fields = line.split(separator: " ")
      guard fields.count > 4, fields[2] == device, let dash = fields.firstIndex(of: "-"), dash + 1 < fields.count else { continue }
      return String(fields[dash + 1])
    }
    return nil
  }
  #else
  static func of(_ folder: FilePath) -> String? {
    var status = statfs()
    guard statfs(folder.string, &status) == 0 else { return nil }
    return withUnsafeBytes(of: status.f_fstypename) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
  #endif
}
