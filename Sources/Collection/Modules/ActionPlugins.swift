import AnsibleContent

/// The action plugin of each compiled module: its name is what makes ansible run it in the module's
/// place, and all it does stands in `collection-template/plugins/plugin_utils`.
enum ActionPlugins {
  static func files() -> [GeneratedFile] {
    BuildProducts.modules.map(file) + sanityIgnores
  }

  static func file(module: String) -> GeneratedFile {
    GeneratedFile(
      path: "plugins/action/\(module).py",
      text: """
        # \(GeneratedHeader.text)
        #
        # Copyright the authors of osa_ops.mcapi_vexxhost.
        # GNU General Public License v3.0+ (see COPYING or https://www.gnu.org/licenses/gpl-3.0.txt)
        # SPDX-License-Identifier: GPL-3.0-or-later
        \"""Runs the compiled module \(module) in one round trip.\"""

        from __future__ import annotations

        from ..plugin_utils.compiled_module import CompiledModule


        class ActionModule(CompiledModule):
            \"""The name that ansible looks for.\"""

        """)
  }

  /// Up to 2.17 ansible-test looks for the documentation of an action plugin's module in a Python
  /// file, and the modules are none. Such a file can hold no comment line, hence no header.
  private static var sanityIgnores: [GeneratedFile] {
    ["2.15", "2.16", "2.17"].map { version in
      GeneratedFile(
        path: "tests/sanity/ignore-\(version).txt",
        text: BuildProducts.modules.map { "plugins/action/\($0).py action-plugin-docs\n" }.joined())
    }
  }
}
