package bench

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
	"time"
)

func TestSettingsThatMeasureNothingAreRefusedWithTheNextStep(t *testing.T) {
	t.Parallel()
	keys := make([]string, 100)
	good := TalkConfig{Rate: 1000, Pairs: 500, Runs: 3, Duration: 10 * time.Second, Keys: keys}
	for name, c := range map[string]struct {
		change func(*TalkConfig)
		says   string
	}{
		"as it should be":  {func(*TalkConfig) {}, ""},
		"no runs":          {func(c *TalkConfig) { c.Runs = 0 }, "start at 1"},
		"too few agents":   {func(c *TalkConfig) { c.Keys = keys[:3] }, "make more accounts"},
		"too fast for one": {func(c *TalkConfig) { c.Pairs = 100 }, "--pairs"},
	} {
		cfg := good
		c.change(&cfg)
		err := cfg.Validate()
		if (err == nil) != (c.says == "") || err != nil && !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: said %v, want %q in it", name, err, c.says)
		}
	}
	for _, cfg := range []IdleConfig{{}, {Conns: 1}, {Conns: mostConns + 1, Runs: 1}, {Conns: 1, Runs: 1, Hold: -1}} {
		if cfg.Validate() == nil {
			t.Errorf("%+v was taken", cfg)
		}
	}
}

func TestFiguresCountOnlyBesideAReferenceThatIsAsGoodAsItCanBe(t *testing.T) {
	t.Parallel()
	run := func(bare, ours int64) IdleRun {
		return IdleRun{Reference: IdleFigures{BytesPerConn: bare}, Yijian: IdleFigures{BytesPerConn: ours}}
	}
	for name, c := range map[string]struct {
		conns      int
		runs       []IdleRun
		valid, met bool
	}{
		"good":               {10_000, []IdleRun{run(9000, 12_000)}, true, true},
		"the middle counts":  {10_000, []IdleRun{run(9000, 12_000), run(99_000, 99_000), run(9000, 13_000)}, true, true},
		"a heavy visitor":    {10_000, []IdleRun{run(9000, 14_001)}, true, false},
		"a heavy reference":  {10_000, []IdleRun{run(9601, 12_000)}, false, true},
		"too few to measure": {100, []IdleRun{run(9000, 12_000)}, false, true},
	} {
		r := JudgeIdle(IdleConfig{Conns: c.conns}, c.runs)
		if r.Valid != c.valid || r.Met != c.met || r.Good() != (c.valid && c.met) {
			t.Errorf("%s: valid %v, met %v", name, r.Valid, r.Met)
		}
	}
}

func TestATalkIsJudgedByTheReferenceTheSenderAndWhatWasLost(t *testing.T) {
	t.Parallel()
	good := TalkReport{ReferenceMax: 20_000, Goal: goalRatio, Reference: TalkFigures{P50: 1}, Yijian: TalkFigures{P50: 1.6}}
	for name, c := range map[string]struct {
		change     func(*TalkReport)
		valid, met bool
	}{
		"good":             {func(*TalkReport) {}, true, true},
		"slow":             {func(r *TalkReport) { r.Yijian.P50 = 1.61 }, true, false},
		"a slow reference": {func(r *TalkReport) { r.ReferenceMax = 14_999 }, false, true},
		"a late sender":    {func(r *TalkReport) { r.Reference.Late = 6 }, false, true},
		"one was lost":     {func(r *TalkReport) { r.Yijian.Lost = 1 }, false, true},
		"nothing arrived":  {func(r *TalkReport) { r.Reference.P50 = 0 }, true, false},
	} {
		r := good
		c.change(&r)
		if r = r.judged(); r.Valid != c.valid || r.Met != c.met {
			t.Errorf("%s: valid %v, met %v, %v", name, r.Valid, r.Met, r.Why)
		}
	}
}

func TestReportsAreForPeopleAndForPrograms(t *testing.T) {
	t.Parallel()
	for _, r := range []Report{TalkReport{}.judged(), JudgeIdle(IdleConfig{Conns: 3}, make([]IdleRun, 1))} {
		var people bytes.Buffer
		if err := r.WriteText(&people); err != nil || !strings.Contains(people.String(), "not valid:") {
			t.Errorf("%T prints %v:\n%s", r, err, &people)
		}
		var got struct {
			Valid bool     `json:"valid"`
			Why   []string `json:"why_not"`
		}
		programs, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(programs, &got); err != nil || got.Valid || len(got.Why) == 0 {
			t.Errorf("%T as JSON: %+v, %v", r, got, err)
		}
	}
}
