# Two commands do everything: `make run` and `make test`. Each sets up what it needs.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: run test unit figures fuzz wheel check audit lock bench soak data debian-data clean

run: $(VENV)/run.stamp data
	$(BIN)/streamlit run app.py

# With Chromium on this machine, or Playwright's own, the browser tests run too. What fails there is
# tried once more, and reported: a click may meet a page that a busy machine is still drawing.
test: unit figures
	$(BIN)/pytest -m browser -n 2 --dist worksteal --reruns 1 -rR

unit: $(VENV)/dev.stamp data
	$(BIN)/pytest -m "not browser and not wheel and not figures" -n 2 --dist worksteal

# The shipped models, measured anew: what their cards say.
figures: $(VENV)/dev.stamp data
	$(BIN)/pytest -m figures -n 2 --dist loadgroup

# Thousands of hostile pictures, data files, models and runs; `unit` tries some of them.
fuzz: $(VENV)/dev.stamp
	$(BIN)/python -m tests.fuzz

# The package, built and installed into an empty environment, outside the repository.
wheel: $(VENV)/dev.stamp data
	$(BIN)/pytest -m wheel

check: $(VENV)/dev.stamp audit
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# What the container installs, held against PyPI's list of known vulnerabilities; where that cannot
# be had, the reason is said.
audit: $(VENV)/dev.stamp
	@$(BIN)/pip install --quiet --disable-pip-version-check --group audit
	@said=$$($(BIN)/pip-audit --requirement container/requirements.txt --require-hashes \
	  --strict --disable-pip --progress-spinner off 2>&1) && echo "$$said" || case "$$said" in \
	  *"known vulnerabilit"*) echo "$$said"; exit 1 ;; \
	  *) echo "audit: skipped: $$(echo "$$said" | tail -1)" ;; esac

# What the container installs, to the hash: all but TensorFlow, for it does not train. uv takes no
# notice of a package that is for older Pythons alone, at which pip stops.
lock: $(VENV)/dev.stamp
	$(BIN)/pip install --quiet --disable-pip-version-check --group audit
	(grep -v '^tensorflow' requirements.txt; echo 'backports-strenum<1.3') \
	  | $(BIN)/uv pip compile - --quiet --upgrade --generate-hashes --no-header \
	  --python-version 3.11 --python-platform x86_64-manylinux_2_28 --output-file container/requirements.txt

bench: $(VENV)/dev.stamp data
	$(BIN)/python -m benchmarks

# Visitors who do anything at all, for an hour: no error, and as much memory at the end as before.
MINUTES ?= 60
SEED    ?= 0
soak: $(VENV)/dev.stamp data
	$(BIN)/python -m benchmarks.soak --minutes $(MINUTES) --seed $(SEED)

# The app starts without data too, and says what is missing; so this never fails.
data: $(VENV)/run.stamp
	@$(BIN)/python -m fmnist data fashion-mnist --fetch || $(MAKE) --no-print-directory debian-data || true

# Where the download cannot be reached, Debian has the same files.
debian-data:
	@command -v apt-get >/dev/null && [ ! -d /usr/share/datasets/fashion-mnist ] || exit 1
	@echo "Taking Debian's package dataset-fashion-mnist instead."
	@$(if $(filter 0,$(shell id -u)),,sudo) sh -c 'apt-get update -qq && apt-get install -y -qq dataset-fashion-mnist'

$(VENV)/run.stamp: requirements.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/dev.stamp: $(VENV)/run.stamp pyproject.toml
	$(BIN)/pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/pip install --quiet --disable-pip-version-check --group dev
	@touch $@

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache artifacts
