import JSON
import Testing

@Suite struct ObjectTests {
  @Test func settingKeepsThePlaceAndRemovingFreesIt() {
    var object: JSONObject = ["a": 1, "b": 2, "c": 3]
    object["a"] = 9
    object["b"] = nil
    object["b"] = 8
    #expect(object.keys == ["a", "c", "b"])
    #expect(object.count == 3)
    object["nosuch"] = nil
    #expect(object.count == 3)
  }

  @Test func equalityLooksAtMembersAlone() {
    #expect(["a": 1, "b": 2] as JSONObject == ["b": 2, "a": 1])
    #expect(["a": 1] as JSONObject != ["a": 2])
    #expect(Set<JSONObject>([["a": 1, "b": 2], ["b": 2, "a": 1]]).count == 1)
  }

  @Test func mergingTakesTheOthersValues() {
    var object: JSONObject = ["a": 1, "b": 2]
    object.merge(["b": 3, "c": 4])
    #expect(object == ["a": 1, "b": 3, "c": 4])
  }

  @Test func accessorsAnswerForTheirKindAlone() {
    let value: JSONValue = ["n": 5, "t": "x", "b": true, "l": [1], "d": 1.5, "z": .null]
    #expect(value["n"]?.int == 5)
    #expect(value["n"]?.double == 5)
    #expect(value["n"]?.string == nil)
    #expect(value["b"]?.bool == true)
    #expect(value["b"]?.int == nil)
    #expect(value["l"]?.array == [1])
    #expect(value["z"]?.isNull == true)
    #expect(value["nosuch"] == nil)
    #expect(value["n"]?["deeper"] == nil)
  }
}
