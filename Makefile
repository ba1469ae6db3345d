# The verbs of a contributor. What takes more than a line stands in a script of lab/ or .ci/.
# SERIES chooses the series of OpenStack-Ansible for the lab: 2024.1 2024.2 2025.1 2025.2 2026.1
# OPENSTACK_MAGNUM chooses the release of Magnum for the tests: 21 22 23

MCAPI := .build/debug/mcapi
timed := lab/timed

.DEFAULT_GOAL := help
.PHONY: help lab lab-up lab-down test generate check build bench lint clean mcapi

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

lab: ## Build the collection, run all its playbooks in the lab, look at the result, tear down
	@lab/up.sh --check
	@lab/setup.sh lab
	@$(timed) "compile mcapi" swift build --product mcapi
	@$(timed) "galaxy/ is what the models say" $(MCAPI) check
	@$(timed) "compile the modules, make the tarball" $(MCAPI) build
	@$(timed) "start the lab" lab/up.sh
	@$(timed) "run the playbooks and look" lab/scenario/run.sh || \
	  { echo "The lab is left up to be looked at: lab/ssh. make lab-down removes it." >&2; exit 1; }
	@$(timed) "remove the lab" lab/down.sh --keep-base

lab-up: ## Start the lab and keep it (lab/ssh, lab/openstack-ansible)
	@lab/up.sh --check
	@lab/setup.sh lab
	@lab/up.sh

lab-down: ## Remove the lab; its root file system is kept for the next start
	@lab/down.sh --keep-base

test: ## Run every test of every part
	@lab/setup.sh test
	@$(timed) "lint" .ci/lint
	@$(timed) "compile the tests" swift build --build-tests
	@# Those of the modules run on the binaries that ship.
	@$(timed) "test" swift test --skip '^ModulesTests'
	@$(timed) "test the modules as they ship" Sources/Modules/test-release.sh

generate: mcapi ## Write galaxy/ from the models
	@$(MCAPI) generate

check: mcapi ## Is galaxy/ what the models say? A diff and exit status 1 when not
	@$(MCAPI) check

build: mcapi ## Compile the modules and make the tarball for ansible-galaxy
	@lab/setup.sh build
	@$(MCAPI) build

bench: build ## Measure side by side with what the collection replaces, in the lab
	@lab/setup.sh lab
	@bench/run.sh

lint: ## Run the formatters and linters of every language here
	@lab/setup.sh test
	@.ci/lint

clean: ## Remove the lab and everything built or installed in this checkout
	@[ ! -d .lab ] || lab/down.sh
	@rm -rf .build .build-* .tools galaxy/*.tar.gz

mcapi:
	@lab/setup.sh generate
	@swift build --product mcapi
