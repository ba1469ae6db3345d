// swift-tools-version: 6.2
import PackageDescription

// One set of sources, two builds.
//
// Hosted (the default) is what tests and the generator use: `swift build`, `swift test`.
// Embedded is what ships: MCAPI_EMBEDDED names the triple of the Embedded standard library,
// x86_64-unknown-linux-gnu or aarch64-none-none-elf, and only the modules and what they import
// are built, with libyaml and jansson linked from their archives. `mcapi build` runs it; each
// triple needs a --scratch-path of its own.
let embeddedTriple = Context.environment["MCAPI_EMBEDDED"]
let isEmbedded = embeddedTriple != nil

// MCAPI_FUZZ=1 builds the fuzzer instead, Tests/Fuzz/run.sh, with all that it fuzzes instrumented.
let isFuzzed = Context.environment["MCAPI_FUZZ"] != nil

let upcoming: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Functions of the standard library that the optimiser puts whole into every caller, -Osize or not,
/// by their names in Embedded mode: string building, string equality, appending to arrays, and
/// setting a member of an object. Kept out of line they make a module a sixth smaller.
let neverInlined = [
  "$es11_StringGutsV6appendyyABF", "$eSS6appendyySSF", "$eSS2eeoiySbSS_SStFZ",
  "$e4JSON10JSONObjectVyAA9JSONValueOSgSScis",
  "$es26DefaultStringInterpolationV15literalCapacity18interpolationCountABSi_SitcfC",
  "$eSa6appendyyxnFs5UInt8V_Tg5", "$eSa6appendyyxnFSS_Tg5",
  "$eSa6appendyyxnFs7UnicodeO6ScalarV_Tg5", "$eSa6appendyyxnF4JSON9JSONValueO_Tg5",
  "$eSa6appendyyxnFs10ArraySliceVys5UInt8VG_Tg5", "$eSa6appendyyxnFSi_Tg5",
  "$eSa6appendyyxnF9OpenStack15ClusterTemplateV_Tg5", "$eSa6appendyyxnFSS4name_SS5valuet_Tg5",
  "$eSa6appendyyxnF4YAML4NodeV_Tg5", "$eSa6appendyyxnF4YAML4NodeV5EntryV_Tg5",
].flatMap { ["-Xllvm", "-sil-inline-never-function=\($0)"] }

/// What makes a module smaller still. Machine code that repeats itself becomes a function. A module
/// has one thread, which lets the compiler count fewer references. All stops at a broken promise look
/// the same. Swift looks at its own bounds, so the canaries are left to the C code.
let smaller = [
  "-Xllvm", "-enable-machine-outliner=always", "-Xfrontend", "-assume-single-threaded",
  "-Xfrontend", "-mergeable-traps", "-Xfrontend", "-disable-stack-protector",
]

/// Settings of the libraries that a module is made of: they compile in both modes.
let moduleSide: [SwiftSetting] =
  upcoming
  + (isEmbedded
    ? [
      .enableExperimentalFeature("Embedded"),
      .unsafeFlags(
        ["-Osize", "-wmo", "-Xfrontend", "-function-sections"] + neverInlined + smaller),
    ]
    // Finds a part of what Embedded mode refuses; the embedded build finds the rest.
    : [.treatWarning("EmbeddedRestrictions", as: .error)])
  + (isFuzzed ? [.unsafeFlags(["-sanitize=fuzzer,address"])] : [])

let cSide: [CSetting] =
  isEmbedded
  ? [.define("MCAPI_EMBEDDED"), .unsafeFlags(["-Os", "-ffunction-sections", "-fdata-sections"])]
  : isFuzzed ? [.unsafeFlags(["-fsanitize=fuzzer-no-link,address"])] : []

/// The compiler's names for the counting of references in one thread, which the Embedded runtime
/// does not have: its own functions serve.
let singleThreaded = ["retain", "release", "bridgeObjectRetain", "bridgeObjectRelease"]
  .flatMap { [$0, $0 + "_n"] }
  .flatMap { ["-Xlinker", "--defsym=swift_nonatomic_\($0)=swift_\($0)"] }

/// Ways of the standard library to strings that are kept outside of Swift and to places counted in
/// UTF-16, by their names in Embedded mode, where neither exists: taken out, since nothing else tells
/// the linker that they are never gone. Whoever did go one would stop at a trap.
let absent = [
  "$es11_StringGutsV27_slowEnsureMatchingEncodingySS5IndexVAEF",
  "$es11_StringGutsV24_foreignConvertedToSmall33_408A76AB043BD3EFBAB6FAAAAA9B4914LLs01_fA0VyF",
  "$es11_StringGutsV12_foreignGrow33_408A76AB043BD3EFBAB6FAAAAA9B4914LLyySiF",
  "$es11_StringGutsV21_foreignAppendInPlace33_408A76AB043BD3EFBAB6FAAAAA9B4914LLyys01_aB5SliceVF",
  "$eSS16_slowUTF8CStrings15ContiguousArrayVys4Int8VGyF",
  "$eSS8UTF8ViewV16_foreignDistance4from2toSiSS5IndexV_AGtF",
  "$eSS8UTF8ViewV13_foreignIndex_8offsetBySS0D0VAF_SitF",
  "$eSS8UTF8ViewV13_foreignIndex_8offsetBy07limitedF0SS0D0VSgAG_SiAGtF",
  "$eSS8UTF8ViewV13_foreignCountSiyF", "$eSS8_copyingyS2SFZ",
].flatMap { ["-Xlinker", "--defsym=\($0)=cposix_absent"] }

/// The archives by exact file name, so that nothing but libc and libm is needed on the target.
/// On the bare-metal triple the library search path is one level deeper, hence no "../" there.
let moduleLink: [LinkerSetting] =
  isEmbedded
  ? [
    .linkedLibrary(":libyaml.a"),
    .linkedLibrary(":libjansson.a"),
    .linkedLibrary(
      ":\(embeddedTriple == "x86_64-unknown-linux-gnu" ? "../" : "")embedded/\(embeddedTriple!)/libswiftUnicodeDataTables.a"
    ),
    .linkedLibrary("m"),
    .unsafeFlags(
      [
        "-use-ld=lld", "-Xlinker", "-O2", "-Xlinker", "--icf=all", "-Xlinker", "-z", "-Xlinker",
        "now", "-Xlinker",
        "-s",
        "-Xlinker", "--no-eh-frame-hdr",
        "-Xlinker", "--script=\(Context.packageDirectory)/Sources/Modules/Toolsets/modules.ld",
      ] + singleThreaded + absent),
  ]
  : []

func moduleLibrary(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [])
  -> Target
{
  .target(
    name: name, dependencies: dependencies, exclude: exclude, swiftSettings: moduleSide)
}

/// An Ansible module: folder and product have the module's name, the target another one, because
/// target names must not differ by case alone.
func module(_ name: String, target: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: target,
    dependencies: ["AnsibleModule", "ByteText", "JSON", "ModuleSpecs"] + dependencies,
    path: "Sources/Modules/\(name)",
    swiftSettings: moduleSide,
    linkerSettings: moduleLink
  )
}

func tests(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [],
  resources: [Resource] = []
) -> Target {
  .testTarget(
    name: name, dependencies: dependencies + ["TestSupport"], exclude: exclude,
    resources: resources,
    swiftSettings: upcoming)
}

let moduleTargets: [Target] = [
  .systemLibrary(
    name: "CYAML", pkgConfig: isEmbedded ? nil : "yaml-0.1", providers: [.apt(["libyaml-dev"])]),
  .systemLibrary(
    name: "CJansson", pkgConfig: isEmbedded ? nil : "jansson", providers: [.apt(["libjansson-dev"])]
  ),
  .target(name: "CPosix", cSettings: cSide),
  moduleLibrary("ByteText", ["CPosix"]),
  moduleLibrary("YAML", ["ByteText", "CYAML"]),
  moduleLibrary("JSON", ["ByteText", "CJansson"]),
  moduleLibrary("AnsibleModule", ["ByteText", "JSON", "CPosix"], exclude: ["README.md"]),
  moduleLibrary("Certificates", ["ByteText", "CPosix"]),
  moduleLibrary("Kubeconfig", ["ByteText", "Certificates", "CPosix", "YAML"]),
  moduleLibrary("HAProxy", ["ByteText", "CPosix", "JSON"]),
  moduleLibrary("OpenStack", ["ByteText", "CPosix", "JSON", "YAML"]),
  moduleLibrary("ModuleSpecs", ["AnsibleModule"]),
  moduleLibrary(
    "OpenStackModules", ["AnsibleModule", "ByteText", "JSON", "ModuleSpecs", "OpenStack"]),
  module("kubeconfig", target: "KubeconfigModule", ["Certificates", "Kubeconfig"]),
  module("haproxy_backend", target: "HAProxyBackendModule", ["HAProxy"]),
  module("haproxy_service", target: "HAProxyServiceModule", ["HAProxy"]),
  module(
    "magnum_cluster_template", target: "MagnumClusterTemplateModule",
    ["OpenStack", "OpenStackModules"]),
  module("magnum_cluster", target: "MagnumClusterModule", ["OpenStack", "OpenStackModules"]),
  module("magnum_info", target: "MagnumInfoModule", ["OpenStack", "OpenStackModules"]),
]

let generatorTargets: [Target] = [
  .target(
    name: "AnsibleContent",
    dependencies: ["YAML"],
    exclude: ["Modules/ansible_doc.py", "Modules/regenerate.py", "Modules/modules.txt"],
    swiftSettings: upcoming
  ),
  .target(
    name: "Collection",
    dependencies: ["AnsibleContent", "AnsibleModule", "JSON", "ModuleSpecs", "OpenStack", "YAML"],
    swiftSettings: upcoming
  ),
  .executableTarget(
    name: "mcapi",
    dependencies: [
      "Collection", "AnsibleContent",
      .product(name: "ArgumentParser", package: "swift-argument-parser"),
    ],
    swiftSettings: upcoming
  ),
  .target(
    name: "TestSupport", dependencies: ["JSON", "OpenStack"], path: "Tests/Support",
    exclude: ["Proxies"], swiftSettings: upcoming),
  tests("YAMLTests", ["YAML"]),
  tests("JSONTests", ["JSON"]),
  tests("AnsibleModuleTests", ["AnsibleModule"], resources: [.copy("Oracle")]),
  tests("CertificatesTests", ["Certificates"]),
  tests("KubeconfigTests", ["Certificates", "JSON", "Kubeconfig"]),
  tests(
    "HAProxyTests", ["HAProxy", "JSON"], exclude: ["Fixtures"], resources: [.copy("Data")]),
  tests("OpenStackTests", ["CPosix", "JSON", "OpenStack"], exclude: ["sdk_oracle.py"]),
  tests(
    "OpenStackModulesTests",
    ["AnsibleModule", "JSON", "ModuleSpecs", "OpenStack", "OpenStackModules"]),
  tests("ModuleSpecsTests", ["ModuleSpecs"]),
  tests(
    "ModulesTests",
    [
      "HAProxyBackendModule", "HAProxyServiceModule", "JSON", "KubeconfigModule",
      "MagnumClusterModule", "MagnumClusterTemplateModule", "MagnumInfoModule", "OpenStack",
    ],
    exclude: [
      "HAProxy/load_client.py", "HAProxy/tls_load.py", "HAProxy/tls_servers.py",
      "Magnum/cluster_play.yml", "Magnum/with_syslog.py",
    ]),
  tests("AnsibleContentTests", ["AnsibleContent", "YAML"]),
  tests(
    "CollectionTests",
    [
      "Collection", "AnsibleContent", "AnsibleModule", "JSON", "KubeconfigModule",
      "MagnumInfoModule", "OpenStack", "YAML", "mcapi",
    ],
    exclude: ["scripts"]),
  tests("mcapiTests", ["Collection", "mcapi"]),
  tests("PluginTests", ["AnsibleContent", "Collection", "JSON"], exclude: ["Fixtures"]),
]

/// What is fuzzed is a library, so that tests can replay the seeds without a fuzzer.
let fuzzed: Target = .target(
  name: "FuzzTargets",
  dependencies: [
    "AnsibleModule", "Certificates", "HAProxy", "JSON", "Kubeconfig", "OpenStack", "YAML",
  ],
  path: "Tests/Fuzz/Targets", swiftSettings: upcoming)

let fuzzer: Target = .executableTarget(
  name: "Fuzzer", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/Fuzzer",
  swiftSettings: upcoming,
  linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])

let seedTests: Target = .testTarget(
  name: "FuzzSeedTests", dependencies: ["FuzzTargets"], path: "Tests/Fuzz/SeedTests",
  swiftSettings: upcoming)

/// Whether this is the build that has everything but the fuzzer.
let isWhole = !isEmbedded && !isFuzzed

let package = Package(
  name: "mcapi",
  products: [
    .library(name: "AnsibleModule", targets: ["AnsibleModule"]),
    .executable(name: "kubeconfig", targets: ["KubeconfigModule"]),
    .executable(name: "haproxy_backend", targets: ["HAProxyBackendModule"]),
    .executable(name: "haproxy_service", targets: ["HAProxyServiceModule"]),
    .executable(name: "magnum_cluster_template", targets: ["MagnumClusterTemplateModule"]),
    .executable(name: "magnum_cluster", targets: ["MagnumClusterModule"]),
    .executable(name: "magnum_info", targets: ["MagnumInfoModule"]),
  ]
    + (isWhole ? [.library(name: "AnsibleContent", targets: ["AnsibleContent"])] : []),
  dependencies: isWhole
    ? [.package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")] : [],
  targets: moduleTargets
    + (isWhole ? generatorTargets + [fuzzed, seedTests] : isFuzzed ? [fuzzed, fuzzer] : []),
  swiftLanguageModes: [.v6]
)
