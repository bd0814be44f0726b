package bench

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestADeskWhereSomethingWentWrongIsFoundOut(t *testing.T) {
	t.Parallel()
	cfg := DeskConfig{Duration: time.Second}
	asked := []DeskAsk{{"a", 10}, {"b", 20}, {"c", 30}}
	offered := []DeskOffer{{"a", 1010}, {"b", 2020}, {"a", 9000}, {"c", 3030}}
	right := []DeskHold{{"a", "ann", 2000, 3000}, {"b", "ann", 2500, 3500}, {"c", "ann", 3000, 4000}}
	for name, c := range map[string]struct {
		held []DeskHold
		want DeskFigures
	}{
		"all is right":     {right, DeskFigures{Assigned: 3}},
		"one never served": {right[:2], DeskFigures{Assigned: 2, Dropped: 1}},
		"one served twice": {append(right[:3:3], DeskHold{"a", "bob", 5000, 6000}), DeskFigures{Assigned: 4, Doubles: 1}},
		"a full seat": {
			[]DeskHold{right[0], right[1], {"c", "ann", 2999, 4000}}, DeskFigures{Assigned: 3, Beyond: 1},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := deskFigures(cfg, nil, []DeskWork{{End: 1e6, Asked: asked, Offered: offered, Held: c.held}})
			if name == "all is right" && (got.OfferedP50 != 2 || got.OfferedP99 != 3) {
				t.Errorf("p50 %v and p99 %v from ask to first offer, want 2 and 3 ms", got.OfferedP50, got.OfferedP99)
			}
			got.OfferedP50, got.OfferedP99 = 0, 0
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("figures (-want +got):\n%s", diff)
			}
		})
	}
}
