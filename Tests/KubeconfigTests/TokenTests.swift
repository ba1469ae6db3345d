import Certificates
import Foundation
import Kubeconfig
import Testing

/// What is read of a token: the claim `exp`, in the kubeconfig or in a file.
@Suite struct TokenTests {
  private func token(_ claims: String) -> String {
    "e30." + Data(claims.utf8).base64EncodedString().replacingOccurrences(of: "=", with: "")
      + ".c2ln"
  }

  /// The expiry of a user's token, in seconds since 1970.
  private func expiry(_ user: String, file: String? = nil) throws -> Int64? {
    let text = """
      clusters: [{name: c, cluster: {server: 'https://c'}}]
      contexts: [{name: x, context: {cluster: c, user: u}}]
      current-context: x
      users: [{name: u, user: {\(user)}}]
      """
    let kubeconfig = try Kubeconfig(KubeconfigFile(parsing: Array(text.utf8)))
    return Credentials(
      kubeconfig, authority: nil, certificate: nil, key: nil, token: file.map { Array($0.utf8) }
    ).tokenExpiry?.seconds
  }

  @Test(arguments: [
    (#"{"exp":1790000000}"#, 1_790_000_000), (#"{"exp":1790000000.5,"sub":"a"}"#, 1_790_000_000),
    (#"{"exp":1790000000.999999}"#, 1_790_000_000), (#"{"exp":0}"#, 0),
    (#"{"exp":253402300799}"#, 253_402_300_799),
  ])
  func aDateIsRead(claims: String, seconds: Int64) throws {
    #expect(try expiry("token: \(token(claims))") == seconds)
  }

  @Test(arguments: [
    #"{"sub":"a"}"#, #"{"exp":null}"#, #"{"exp":[1]}"#, #"{"exp":"soon"}"#, #"{"exp":""}"#,
    #"{"exp":-1}"#, #"{"exp":1.79e9}"#, #"{"exp":253402300800}"#,
    #"{"exp":99999999999999999999999999}"#, #"{"exp":0x10}"#, "[1]", "exp", "",
  ])
  func whatIsNoDateIsLeftOut(claims: String) throws {
    #expect(try expiry("token: \(token(claims))") == nil)
  }

  @Test func aFileCountsBeforeTheTokenItself() throws {
    let early = token(#"{"exp":1600000000}"#)
    let late = token(#"{"exp":1790000000}"#)
    #expect(try expiry("tokenFile: /t", file: early + "\n") == 1_600_000_000)
    #expect(try expiry("tokenFile: /t, token: \(late)", file: early) == 1_600_000_000)
    // The file cannot be read.
    #expect(try expiry("tokenFile: /t, token: \(late)") == 1_790_000_000)
    #expect(try expiry("tokenFile: /t") == nil)
  }
}
