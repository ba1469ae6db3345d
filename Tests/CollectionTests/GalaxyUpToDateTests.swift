import AnsibleContent
import Foundation
import Testing

@Suite("galaxy/ is what the models say")
struct GalaxyUpToDateTests {
  @Test("The committed files are those of the models, and no others")
  func names() throws {
    let wanted = try Checkout.models().files().map(\.path)
    #expect(try Checkout.committedFiles() == wanted, "Run `mcapi generate`.")
  }

  @Test("Each has the bytes and the executable bit of its model")
  func contents() throws {
    for file in try Checkout.models().files() {
      let committed = Checkout.collection.appending(path: file.path)
      let isSame = try Array(Data(contentsOf: committed)) == file.bytes
      #expect(isSame, "\(file.path) differs. Run `mcapi check` to see how.")
      #expect(Checkout.isExecutable(committed) == file.isExecutable, "\(file.path)")
    }
  }
}
