internal import ByteText
public import JSON

/// What a cluster template is to be: the attributes that are named; all others stay as they are.
public final class WantedTemplate: Sendable {
  /// Under the names of the API. An empty text and the number 0 take the attribute away.
  let values: JSONObject
  /// Whether labels that are not named stay; a null one goes.
  private let mergesLabels: Bool
  private let rules: LabelRules

  /// The attributes there are, by their names in the API.
  public static var names: [String] { TemplateField.all.map { $0.name } }

  /// - Parameter values: under the names of the API; null is not named.
  ///
  /// Throws for labels that break the rules, and for attributes that Magnum never takes away.
  public init(
    _ values: JSONObject, mergesLabels: Bool, rules: LabelRules
  ) throws(OpenStackError) {
    self.mergesLabels = mergesLabels
    self.rules = rules
    var named = JSONObject()
    for field in TemplateField.all {
      guard let value = values[field.name], !value.isNull else { continue }
      if field.kind == .labels {
        let labels = try rules.checked(value.object ?? JSONObject())
        named["labels"] = .object(labels)
        if !mergesLabels { try rules.checkComplete(labels) }
        continue
      }
      if isNothing(value) && !field.isRemovable {
        throw OpenStackError(
          .configuration,
          "\(field.name) is empty, and Magnum keeps it once it is set: leave it out, or name a value"
        )
      }
      named[field.name] = value
    }
    self.values = named
  }

  /// Another name, and perhaps out of sight.
  init(name: String, isHidden: Bool = false) {
    var values: JSONObject = ["name": .string(name)]
    if isHidden { values["hidden"] = true }
    self.values = values
    mergesLabels = true
    rules = LabelRules()
  }

  private init(_ other: WantedTemplate, _ values: JSONObject) {
    self.values = values
    mergesLabels = other.mergesLabels
    rules = other.rules
  }

  /// An attribute that is a text; empty where it is not named.
  @inline(never)
  func text(_ name: String) -> String { values[name]?.string ?? "" }

  /// The same with another value in one of its attributes.
  @inline(never)
  func with(_ name: String, _ value: JSONValue) -> WantedTemplate {
    var values = values
    values[name] = value
    return WantedTemplate(self, values)
  }

  /// The same under another name.
  func named(_ name: String) -> WantedTemplate { with("name", .string(name)) }

  /// The same, and seen by those who list templates unless something else was said.
  var shown: WantedTemplate { values["hidden"] == nil ? with("hidden", false) : self }

  /// What has to change in a template, in the order of the fields.
  ///
  /// Throws where its labels would lack what they need.
  func changes(to template: ClusterTemplate) throws(OpenStackError) -> [TemplateChange] {
    var changes: [TemplateChange] = []
    for field in TemplateField.all {
      guard var value = values[field.name] else { continue }
      let actual = template.fields[field.name] ?? .null
      if field.kind == .labels {
        value = .object(labels(over: actual))
        if value != actual { try rules.checkComplete(value.object ?? JSONObject()) }
      } else if isNothing(value) {
        value = .null
      }
      if value != (isNothing(actual) ? .null : actual) {
        changes.append(TemplateChange(field: field, old: actual, new: value))
      }
    }
    return changes
  }

  /// What makes a template that is as this says, and in the rest as another one, if there is one.
  ///
  /// Throws where its labels would lack what they need.
  func body(after other: ClusterTemplate? = nil) throws(OpenStackError) -> JSONObject {
    var body = JSONObject()
    for field in TemplateField.all {
      var value = values[field.name] ?? .null
      let actual = other?.fields[field.name] ?? .null
      if field.kind == .labels {
        value = .object(values["labels"] == nil ? texts(actual) : labels(over: actual))
        try rules.checkComplete(value.object ?? JSONObject())
      } else if value.isNull && field.name != "driver" {
        // The driver follows from the image.
        value = actual
      }
      if !isNothing(value) { body[field.name] = value }
    }
    if body["coe"] == nil { body["coe"] = "kubernetes" }
    for name in ["name", "image_id"] where body[name] == nil {
      throw OpenStackError(
        .configuration,
        "there is no such cluster template, and making it takes \(name == "name" ? name : "image")")
    }
    return body
  }

  private func labels(over actual: JSONValue) -> JSONObject {
    var labels = mergesLabels ? texts(actual) : JSONObject()
    for (name, value) in values["labels"]?.object ?? JSONObject() {
      labels[name] = value.isNull ? nil : value
    }
    return labels
  }

  /// Labels of a template. Magnum lets numbers and booleans in, which the driver stumbles over.
  private func texts(_ labels: JSONValue) -> JSONObject {
    (labels.object ?? JSONObject()).mapValues { value in
      plainText(value).map { .string($0) } ?? value
    }
  }
}

/// An attribute to change. Null is none.
struct TemplateChange: Sendable {
  let field: TemplateField
  let old: JSONValue
  let new: JSONValue

  /// Whether Magnum makes it while clusters refer to the template: a public one stays public then.
  var isPossibleInUse: Bool {
    field.isChangeableInUse && (field.name != "public" || new == true)
  }

  /// The operation of a JSON patch. Magnum takes texts and numbers as values: flags are written as
  /// words, and labels as a dictionary of Python, which JSON without other things than texts is.
  var operation: JSONValue {
    var operation: JSONObject = ["op": "replace", "path": .string("/" + field.name)]
    switch new {
    case .null where field.isChangeableInUse:
      // The tags, which a template in use keeps unless they become an empty text.
      operation["value"] = ""
    case .null: operation["op"] = "remove"
    case .bool(let flag): operation["value"] = flag ? "true" : "false"
    case .object(let labels): operation["value"] = .string(JSONValue.object(labels).jsonText)
    default: operation["value"] = new
    }
    return .object(operation)
  }
}

/// Whether they may be made while clusters refer to the template.
@inline(never)
func areChangeableInUse(_ changes: [TemplateChange]) -> Bool {
  immutableNames(changes).isEmpty
}

/// The names of what may not change while clusters refer to the template.
@inline(never)
func immutableNames(_ changes: [TemplateChange]) -> String {
  var names: [String] = []
  for change in changes where !change.isPossibleInUse { names.append(change.field.name) }
  return names.listed
}

/// What Magnum writes for an attribute that has no value.
@inline(never)
private func isNothing(_ value: JSONValue) -> Bool {
  switch value {
  case .null, .int(0), .string(""): true
  default: false
  }
}
