# Two commands do everything: `make run` and `make test`. Each sets up what it needs.

PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.PHONY: run test unit figures fuzz wheel check bench data debian-data clean

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

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(VENV)/dev.stamp data
	$(BIN)/python -m benchmarks

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
