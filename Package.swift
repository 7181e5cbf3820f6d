// swift-tools-version:6.2
import PackageDescription

/// Flags that every target of this package is built with, so that the walls between modules are visible in the code.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "chartdrop",
  platforms: [.macOS(.v15)],
  products: [
    .executable(name: "chartdrop", targets: ["chartdrop"]),
    .library(name: "TransferEngine", targets: ["TransferEngine"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1"),
    .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.37.6"),
    .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/LebJe/TOMLKit", from: "0.6.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/vapor/jwt-kit", from: "5.7.1"),
  ],
  targets: [
    .systemLibrary(name: "CNcurses"),
    .target(name: "CPlatform"),
    .target(name: "SafeText", dependencies: ["CPlatform"], swiftSettings: strict),
    .target(name: "ClinicalMessages", dependencies: ["SafeText"], swiftSettings: strict),
    .target(
      name: "RedoxAPI",
      dependencies: [
        "SafeText", "ClinicalMessages",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .target(
      name: "Documents",
      dependencies: [
        "SafeText", "ClinicalMessages",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(name: "Patients", dependencies: ["SafeText", "ClinicalMessages"], swiftSettings: strict),
    .target(
      name: "TransferEngine",
      dependencies: [
        "CPlatform", "SafeText", "ClinicalMessages", "RedoxAPI", "Documents", "Patients",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "DequeModule", package: "swift-collections"),
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),
    .target(
      name: "ViewModels",
      dependencies: [
        "SafeText", "ClinicalMessages", "Documents", "Patients", "TransferEngine",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .target(
      name: "TerminalUI",
      dependencies: [
        "CNcurses", "CPlatform", "SafeText", "TransferEngine", "ViewModels",
        .product(name: "TOMLKit", package: "TOMLKit"),
      ],
      swiftSettings: strict),
    .target(
      name: "RedoxSandbox",
      dependencies: [
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "JWTKit", package: "jwt-kit"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
        .product(name: "X509", package: "swift-certificates"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "chartdrop",
      dependencies: [
        "SafeText", "ClinicalMessages", "RedoxAPI", "Documents", "Patients", "TransferEngine", "ViewModels", "TerminalUI", "RedoxSandbox",
        "CPlatform",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),

    .target(
      name: "TestSupport",
      dependencies: [
        "SafeText", "ClinicalMessages", "RedoxAPI", "Documents", "Patients", "TransferEngine",
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      path: "Tests/TestSupport", swiftSettings: strict),
    .testTarget(name: "SafeTextTests", dependencies: ["SafeText"], swiftSettings: strict),
    .testTarget(
      name: "ClinicalMessagesTests", dependencies: ["ClinicalMessages", "SafeText", "TestSupport"], resources: [.copy("Golden")],
      swiftSettings: strict),
    .testTarget(
      name: "RedoxAPITests",
      dependencies: [
        "RedoxAPI", "RedoxSandbox", "ClinicalMessages", "SafeText", "TestSupport", .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"), .product(name: "Logging", package: "swift-log"),
        .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "DocumentsTests",
      dependencies: ["Documents", "SafeText", "TestSupport", .product(name: "SystemPackage", package: "swift-system")],
      swiftSettings: strict),
    .testTarget(name: "PatientsTests", dependencies: ["Patients", "ClinicalMessages", "TestSupport"], swiftSettings: strict),
    .testTarget(
      name: "TransferEngineTests",
      dependencies: [
        "TransferEngine", "RedoxAPI", "RedoxSandbox", "Documents", "Patients", "ClinicalMessages", "SafeText", "TestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Logging", package: "swift-log"),
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "ViewModelsTests",
      dependencies: [
        "ViewModels", "TransferEngine", "Documents", "Patients", "ClinicalMessages", "SafeText", "TestSupport",
        .product(name: "SystemPackage", package: "swift-system"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "TerminalUITests", dependencies: ["TerminalUI", "ViewModels", "TransferEngine", "ClinicalMessages", "SafeText", "TestSupport"],
      resources: [.copy("Screens")], swiftSettings: strict),
    .testTarget(
      name: "RedoxSandboxTests",
      dependencies: [
        "RedoxSandbox",
        .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "Crypto", package: "swift-crypto"),
        .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
        .product(name: "NIOSSL", package: "swift-nio-ssl"),
      ],
      swiftSettings: strict),
    .testTarget(name: "EndToEndTests", dependencies: [.product(name: "Crypto", package: "swift-crypto")], swiftSettings: strict),
  ]
)
