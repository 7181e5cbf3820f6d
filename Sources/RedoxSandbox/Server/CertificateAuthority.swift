import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import X509

/// A certificate authority and a server certificate for 127.0.0.1, made anew for each server and kept in memory only.
///
/// Its key is on no disk, so trusting its certificate for a while cannot be turned against the person who does.
struct CertificateAuthority {
  let certificatePEM: String
  private let serverCertificatePEM: String
  private let serverKeyPEM: String

  init(now: Date = Date()) throws {
    let authorityKey = P256.Signing.PrivateKey()
    let serverKey = P256.Signing.PrivateKey()
    let authorityName = try DistinguishedName { CommonName("chartdrop sandbox CA") }
    // A day's grace before, for clocks that differ; less than the 398 days that some verifiers allow after.
    let begins = now.addingTimeInterval(-86_400)
    let ends = now.addingTimeInterval(365 * 86_400)
    let authority = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(authorityKey.publicKey), notValidBefore: begins,
      notValidAfter: ends, issuer: authorityName, subject: authorityName, signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
        Critical(KeyUsage(keyCertSign: true, cRLSign: true))
      },
      issuerPrivateKey: .init(authorityKey))
    let server = try Certificate(
      version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: .init(serverKey.publicKey), notValidBefore: begins,
      notValidAfter: ends, issuer: authorityName, subject: try DistinguishedName { CommonName("127.0.0.1") },
      signatureAlgorithm: .ecdsaWithSHA256,
      extensions: try Certificate.Extensions {
        Critical(BasicConstraints.notCertificateAuthority)
        Critical(KeyUsage(digitalSignature: true))
        try ExtendedKeyUsage([.serverAuth])
        SubjectAlternativeNames([.ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])), .dnsName("localhost")])
      },
      issuerPrivateKey: .init(authorityKey))
    certificatePEM = try authority.serializeAsPEM().pemString + "\n"
    serverCertificatePEM = try server.serializeAsPEM().pemString
    serverKeyPEM = serverKey.pemRepresentation
  }

  func serverContext() throws -> NIOSSLContext {
    let certificate = try NIOSSLCertificate(bytes: Array(serverCertificatePEM.utf8), format: .pem)
    let key = try NIOSSLPrivateKey(bytes: Array(serverKeyPEM.utf8), format: .pem)
    var configuration = TLSConfiguration.makeServerConfiguration(
      certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
    configuration.minimumTLSVersion = .tlsv12
    configuration.applicationProtocols = ["http/1.1"]
    return try NIOSSLContext(configuration: configuration)
  }
}
