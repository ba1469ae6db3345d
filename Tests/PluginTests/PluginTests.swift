import TestSupport
import Testing

/// The action plugin under real ansible-playbook runs, one at a time: each uses every processor.
@Suite(.serialized, .blocking) struct PluginTests {}
