import Foundation
import TestSupport
import Testing

/// Files as PyYAML reads them: the parser of Ansible and of OpenStack-Ansible's inventory.
enum PyYAML {
  static func decode<Document: Decodable>(_ file: URL) async throws -> Document {
    let outcome = try await Tool("python", of: "ansible-2.19").run(
      [
        "-c", "import json, sys, yaml; json.dump(yaml.safe_load(open(sys.argv[1])), sys.stdout)",
        file.path,
      ],
      in: Checkout.root, environment: ["LC_ALL": "C.UTF-8"])
    try #require(outcome.status == 0, outcome.all)
    return try JSONDecoder.snakeCase.decode(Document.self, from: Data(outcome.output.utf8))
  }
}

extension JSONDecoder {
  /// For the keys of structures; those of dictionaries stay as they are.
  static var snakeCase: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return decoder
  }
}
