# Yijian. `make` alone prints what there is to make.

SHELL         := bash
.SHELLFLAGS   := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS     += --no-print-directory

GOLANGCI := v2.15.0
LINT     := bin/tools/golangci-lint-$(GOLANGCI)/golangci-lint
FUZZTIME ?= 30s
# Ten minutes, 20,400 sessions, some 60 kills of nodes and 8 failovers of Redis.
TORTURE  ?= --duration 10m --redis cluster --durability safe --sessions 20400
MESSAGES ?= 1000000
ARGS     ?=

# A stamp lies inside what it stands for, so that deleting the one deletes the other.
NPM   := web/ui/node_modules/.installed
PAGES := web/ui/dist/.built
STORIES := bin/stories/index.html
UI_SOURCES := $(shell find web/ui -type f -not -path '*/node_modules/*' -not -path '*/dist/*' -not -name '*.test.ts*')

.PHONY: help
help: ## print this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sort | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

.PHONY: run
run: build ## build everything and serve it on http://localhost:8080 (ARGS="--listen :9000")
	bin/yijian serve $(ARGS)

.PHONY: demo
demo: build ## serve a new record with a simulated day in it, so that nothing is empty (ARGS="--seed 2")
	rm -f data/demo.db data/demo.db-wal data/demo.db-shm
	bin/yijian demo --serve --db data/demo.db $(ARGS)

.PHONY: build
build: ## build the pages and bin/yijian, which holds them
# Most of a first build is dependencies, and those of Go do not wait for those of Node.
	@$(MAKE) -j2 ui compile
	CGO_ENABLED=0 go build -o bin/yijian ./cmd/yijian

.PHONY: compile
# It only warms the cache: the pages that one package holds are being written meanwhile, and a mistake is
# told by the build that follows.
compile:
	@CGO_ENABLED=0 go build ./... 2>/dev/null || true

.PHONY: ui
ui: $(PAGES) ## build the widget and the console

$(NPM): web/ui/package-lock.json web/ui/package.json
	cd web/ui && npm ci --no-audit --no-fund
	@touch $@

$(PAGES): $(NPM) $(UI_SOURCES)
	cd web/ui && npm run build
	@touch $@

# Every state of the widget on a page of its own, for tests and eyes.
$(STORIES): $(NPM) $(UI_SOURCES)
	cd web/ui && npm run build:stories

.PHONY: test
test: ## the whole check, what CI runs: packages, lint, Go with -race, TypeScript, browser
	@.ci/stages

.PHONY: quick
quick: $(NPM) ## a check for every commit: vet, lint, short Go tests, TypeScript tests
	@.ci/stages lint-go go-short typescript

.PHONY: lint
lint: lint-go lint-ui ## formatting, linters, types, and the size of the widget

.PHONY: lint-go
# Without cgo, as the binary is built, so that both read the same build cache.
lint-go: $(LINT)
	CGO_ENABLED=0 go vet ./...
	CGO_ENABLED=0 $(LINT) run ./...
	CGO_ENABLED=0 go vet -tags planted ./session/... ./router/... ./cmd/...
	CGO_ENABLED=0 $(LINT) run --build-tags planted ./session/plant/...

.PHONY: lint-ui
lint-ui: $(PAGES)
	cd web/ui && npm run check

$(LINT):
	GOBIN=$(CURDIR)/$(@D) go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI)

.PHONY: format
format: $(LINT) $(NPM) ## write Go and TypeScript the way lint wants them
	$(LINT) fmt ./...
	cd web/ui && npm run format

# Tests that mostly compute and whose threads, if they have any, another test has under watch, and long
# plays on the Redis in the process where the same play on a real one is watched: the race detector
# makes them ten times as slow and sees nothing new. They run without it, and none is left out.
CALM := Recognised|Admitted|ADayIsSimulated|ASimulatedDay|ADayThatIsWrittenWrong|SmallestNumberOfAgents|TheSameSeed|LooksAhead|HandoffStands|TestTraining|SearchesAreFast|(RandomOperations|RandomActs|ThePureMachineSays|EveryoneDeclines)/in-process|(RunTwiceOr|KilledAtAnyStep)/.*/in-process
CALM_IN := ./cmd/yijian ./router/... ./session/record/search

.PHONY: test-go
test-go:
	go test -race -p 3 -timeout 15m -skip "$(CALM)" ./...
	CGO_ENABLED=0 go test -p 3 -run "$(CALM)" $(CALM_IN)
	CGO_ENABLED=0 go test -tags planted ./session/plant/...

.PHONY: torture
torture: ## ten minutes of kills, failovers and cut lines on a cluster, judged (TORTURE="--duration 2m")
	CGO_ENABLED=0 go build -o bin/yijian ./cmd/yijian
	bin/yijian torture $(TORTURE)

.PHONY: long-tests
long-tests: $(PAGES) ## the long forms of tests: a Redis that forgets a thousand sessions, ten minutes without the record, kills at 200 sessions/s, an export of 1,000,000 rows left half way
	YIJIAN_LONG=1 go test ./cmd/yijian -count=1 -timeout 40m -parallel 1 -v \
		-run 'SurviveARedis|TheTrialModeKilled|TheRecordIsAway|AKilledPostgreSQL'
	YIJIAN_LONG=1 go test ./cmd/yijian/torture -count=1 -v -run ForgetsEverything
	go test ./session/record/export -count=1 -timeout 20m -v -run CancelledHalfWay -conversations 100000
	YIJIAN_LONG=1 go test ./session -count=1 -v -run IdleSessionsAreCompared

.PHONY: torture-proof
torture-proof: $(PAGES) ## torture with each of ten planted bugs, which must all be found (PROOF="-only timer")
	go run ./cmd/yijian/torture/prove $(PROOF)

.PHONY: test-short
test-short:
	CGO_ENABLED=0 go test -short ./...

.PHONY: test-ui
test-ui: $(NPM)
	cd web/ui && npm test

.PHONY: e2e
e2e: build e2e-modules $(STORIES) ## browser tests against the built binary (RELOADS=200 for the long walk over three tabs)
	cd web/ui && npx playwright test -c ../e2e --pass-with-no-tests --project together $(ARGS)
	cd web/ui && npx playwright test -c ../e2e --pass-with-no-tests --project timed $(ARGS)

.PHONY: soak-widget
soak-widget: build e2e-modules ## a slow writer in real time: 15 min of writing, 20 min away in between
	cd web/ui && SOAK=1 npx playwright test -c ../e2e patience.spec.ts

.PHONY: matrix
matrix: build e2e-modules $(STORIES) ## axe and a ruler on every state, language, look and width of the widget
	cd web/ui && E2E_ALL=1 npx playwright test -c ../e2e matrix.spec.ts zoom.spec.ts

.PHONY: e2e-all
e2e-all: ## e2e with the long forms of its tests
	E2E_ALL=1 $(MAKE) e2e

.PHONY: screenshots
screenshots: ## the same tests, leaving pictures and a contact sheet in screenshots/
	mkdir -p screenshots
	SCREENSHOTS=$(CURDIR)/screenshots $(MAKE) e2e

# The browser tests live beside web/ui and use its packages: Node looks for them in a folder here.
.PHONY: e2e-modules
e2e-modules: $(NPM)
	@mkdir -p web/e2e/node_modules
	@for m in @playwright playwright playwright-core axe-core; do \
		ln -sfn ../../ui/node_modules/$$m web/e2e/node_modules/$$m; done

.PHONY: bench
bench: ## the benchmarks, with their allocations
	go test -run '^$$' -bench . -benchmem ./...

.PHONY: bench-idle
bench-idle: build ## memory of 10,000 idle visitors beside a bare reference (docs/PERFORMANCE.md)
	bin/yijian bench idle $(ARGS)

.PHONY: bench-talk
bench-talk: build ## delay of 1,000 messages a second beside a bare reference
	bin/yijian bench talk $(ARGS)

.PHONY: bench-storm
bench-storm: build ## cut 10,000 visitors at once by killing their node
	bin/yijian bench storm $(ARGS)

# The long forms of tests that make test runs with fewer visitors.
SIMULATE = go test -v -timeout 60m ./router/simulate -args -test.run

.PHONY: bench-desk
bench-desk: build ## assignments a second of four processes at one desk, beside a script that does nothing
	bin/yijian bench desk $(ARGS)

.PHONY: bench-search
bench-search: ## searches through 1,000,000 messages on both engines, with what 95 of 100 take (MESSAGES=100000)
	go test -count 1 -timeout 60m -run SearchesAreFast -v ./session/record/search -messages $(MESSAGES)

.PHONY: erlang
erlang: ## the simulator against Erlang C, ten million visitors a case
	$(SIMULATE) ErlangC -tickets 10000000

.PHONY: fairness
fairness: ## what head starts cost others, a million visitors a case
	$(SIMULATE) S9 -tickets 1000000

.PHONY: forecast
forecast: ## the shown waits against the real ones, by place, a million visitors a case
	$(SIMULATE) HalfOf -tickets 1000000

.PHONY: desk-properties
desk-properties: ## 100,000 random operations at a desk against its model, in the process and on a real Redis
	go test -count 1 -timeout 60m -run 'RandomOperations' -v ./router/queue -operations 100000

.PHONY: router-properties
router-properties: ## 100,000 random acts of visitors and agents on two nodes, against invariants 4 to 7 and 9
	go test -count 1 -timeout 120m -run 'RandomActs' -v ./router -acts 100000

.PHONY: declines
declines: ## a thousand tickets that two hundred agents decline twice each, on every backend
	go test -count 1 -timeout 60m -run EveryoneDeclines -v ./router/queue -declines

# Where labelled conversations lie; they are no part of the repository (docs/EVALUATION.md).
TALKS ?= ../shared/data

.PHONY: eval-handoff
eval-handoff: ## the figures of docs/EVALUATION.md on handing over, some ten minutes (TALKS=folder of labelled files)
	CGO_ENABLED=0 go build -o bin/yijian ./cmd/yijian
	for model in scorecard stack; do for shop in clothing makeup; do \
		bin/yijian eval handoff --model $$model --data $(TALKS)/mhch.$$shop.dev.jsonl; done; \
		bin/yijian eval handoff --model $$model --behaviour-only --train $(TALKS)/mhch.clothing.dev.jsonl \
			--data $(TALKS)/mhch.makeup.dev.jsonl; done

.PHONY: fuzz
fuzz: ## every fuzz target for FUZZTIME (30s); one that fails does not hide the others
	@grep -rlE --include='*_test.go' '^func Fuzz' . | xargs -n1 dirname | sort -u | { failed=; while read -r dir; do \
		for target in $$(grep -hoE '^func Fuzz[A-Za-z0-9]+' $$dir/*_test.go | cut -d' ' -f2); do \
			echo "$$dir $$target"; \
			go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) $$dir || failed="$$failed $$dir/$$target"; \
		done; done; [ -z "$$failed" ] || { echo "failed:$$failed"; exit 1; }; }

.PHONY: docker
docker: ## build the container image yijian:latest
	docker build -t yijian:latest .

.PHONY: clean
clean: ## remove everything that was built or installed here; data/ stays
	rm -rf bin screenshots web/e2e/node_modules web/ui/node_modules
	find web/ui/dist -mindepth 1 -not -name index.html -delete
