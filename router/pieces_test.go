package router

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

func TestALongAnswerIsCutAtItsSentences(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][]string{
		"":                       {""},
		"Short. It stays whole.": {"Short. It stays whole."},
		"现货二十四小时内发出，预售商品以页面标注的时间为准。发货后会有短信提醒，里面有快递单号。您也可以在订单里查看物流，一般三天内就能送到您的手上，偏远地区会多一两天。": {
			"现货二十四小时内发出，预售商品以页面标注的时间为准。发货后会有短信提醒，里面有快递单号。",
			"您也可以在订单里查看物流，一般三天内就能送到您的手上，偏远地区会多一两天。",
		},
		"It costs 3.50 at shop.example, see “our prices.” Delivery is free from 20.00 on, everywhere!": {
			"It costs 3.50 at shop.example, see “our prices.”", "Delivery is free from 20.00 on, everywhere!",
		},
		strings.Repeat("a", 200): {strings.Repeat("a", 200)},
	} {
		if diff := cmp.Diff(want, pieces(in)); diff != "" {
			t.Errorf("%.20q (-want +got):\n%s", in, diff)
		}
	}
}

func FuzzPiecesLoseNothing(f *testing.F) {
	f.Add("One. Two! Three? 四。五！\n\n6.")
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		got := pieces(text)
		strip := func(s string) string { return strings.Join(strings.Fields(s), "") }
		if strip(strings.Join(got, "")) != strip(text) || len(got) > mostPieces {
			t.Errorf("%q became %q", text, got)
		}
	})
}
