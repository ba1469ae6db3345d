internal import ByteText
internal import JSON

/// A region that a cloud is said to have, and what it has of its own.
struct Region {
  let name: String
  let values: JSONObject
}

/// The regions that the settings of a cloud name: `regions`, or `region_name` with commas.
@inline(never)
func regions(of cloud: CloudSettings) throws(OpenStackError) -> [Region] {
  if let setting = cloud.general["regions"] {
    guard let items = setting.value.array else {
      throw OpenStackError(.configuration, setting.place + " is no list")
    }
    var regions: [Region] = []
    for item in items {
      if let name = item.string {
        regions.append(Region(name: name, values: JSONObject()))
      } else if let name = item["name"]?.string {
        regions.append(Region(name: name, values: item["values"]?.object ?? JSONObject()))
      } else {
        throw OpenStackError(
          .configuration,
          setting.place + " has an entry that is neither a name nor a mapping with name and values")
      }
    }
    return regions
  }
  guard let setting = cloud.general["region_name"] else { return [] }
  var names: [String] = []
  if let items = setting.value.array {
    for item in items { names.append(item.string ?? "") }
  } else {
    names = setting.text.parts(at: UInt8(ascii: ","))
  }
  return names.map { Region(name: $0, values: JSONObject()) }
}

/// The region that is asked for, or the first; nil where the cloud names none.
@inline(never)
func chosenRegion(
  _ asked: String, of cloud: CloudSettings, _ name: String
) throws(OpenStackError) -> Region? {
  let regions = try regions(of: cloud)
  if asked.isEmpty { return regions.first }
  if regions.isEmpty { return nil }
  for region in regions where region.name == asked { return region }
  throw OpenStackError(
    .configuration,
    "cloud \"\(name)\" has no region \"\(asked)\": it has \(regions.map { $0.name }.listed); names"
      + " of regions are case sensitive")
}
