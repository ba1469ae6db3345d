import YAML

extension GalaxyMetadata {
  /// `galaxy.yml` and `meta/runtime.yml`.
  func files() throws -> [GeneratedFile] {
    var galaxy = Entries()
    galaxy.add("namespace", namespace)
    galaxy.add("name", name)
    galaxy.add("version", version)
    galaxy.add("readme", "README.md")
    galaxy.add("authors", list: authors)
    galaxy.add("description", summary)
    galaxy.add("license", list: licenses)
    galaxy.add("tags", list: tags)
    galaxy.add("dependencies", .mapping(dependencies.map { ($0.collection, .string($0.range)) }))
    for link in links { galaxy.add(link.key, link.url) }
    galaxy.add("build_ignore", list: buildIgnore)

    return [
      try .yaml("galaxy.yml", galaxy.node),
      try .yaml(
        "meta/runtime.yml",
        .mapping([
          ("requires_ansible", .string(requiresAnsible)),
          (
            "action_groups",
            .mapping([
              (
                actionGroup.name,
                .sequence(actionGroup.modules.map { .string("\(fullName).\($0)") })
              )
            ])
          ),
        ])),
    ]
  }
}
