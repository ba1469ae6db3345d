import Foundation
import JSON
import Testing

@Suite struct WriterTests {
  @Test(
    arguments: [
      (.null, "null"), (true, "true"), (-5, "-5"), (2.5, "2.5"), (5.0, "5.0"),
      (.double(.nan), "null"), (.double(.infinity), "null"), ("é😀", "\"é😀\""),
      ("\"\\/\u{8}\u{c}\n\r\t\u{1}\u{7f}\0", #""\"\\/\b\f\n\r\t\u0001\u007f\u0000""#),
      ([1, ["a": .null]], #"[1, {"a": null}]"#), ([:], "{}"), ([], "[]"),
    ] as [(JSONValue, String)])
  func values(value: JSONValue, text: String) {
    #expect(value.jsonText == text)
  }

  @Test func whatIsWrittenReadsBack() throws {
    let value: JSONValue = [
      "numbers": [0, .int(.max), .int(.min), 0.1, 1e300, -5e-324, 1e22],
      "text": "any \u{1F600} text\u{0}, e\u{301}", "": ["empty key": [[[]]]],
    ]
    #expect(try JSONValue(parsing: value.jsonBytes) == value)
    // Foundation's parser shares no code with ours.
    #expect(throws: Never.self) {
      try JSONSerialization.jsonObject(with: Data(value.jsonBytes))
    }
  }
}
