package mask_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"yijian/session/record/mask"
)

func TestNumbersOfPeopleAreHidden(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		// Telephones.
		"我的手机13800138000，谢谢":         "我的手机138****8000，谢谢",
		"138 0013 8000":              "138 **** 8000",
		"138-0013-8000":              "138-****-8000",
		"+86 138 0013 8000":          "+86 1** **** 8000",
		"8613800138000":              "861******8000",
		"１３８００１３８０００":                "１３８****８０００",
		"一三八零零一三八零零零":                "一三八****八零零零",
		"座机010-65551234":             "座机010-****1234",
		"(021) 5555 1234":            "(021) **** 1234",
		"0571-87654321 转 8":          "057*-****4321 转 8",
		"call (212) 555-0187 please": "call (212) ***-0187 please",
		"+44 20 7946 0958":           "+44 2* **** 0958",
		"13800138000 13900139000":    "138****8000 139****9000",
		// Identity cards; the numbers are made up and only their checksum is right.
		"身份证11010519491231002X":   "身份证110**************X",
		"11010519491231002x":      "110**************x",
		"１１０１０５１９４９１２３１００２Ｘ":      "１１０**************Ｘ",
		"110105 19491231 002X":    "110*** ******** ***X",
		"440308 850101 123":       "440*** ****** **3",
		"证号 110105188001010016 。": "证号 110105188001010016 。", // nobody was born in 1880
		// Bank cards: the usual test numbers.
		"卡号6222020200112231":  "卡号6222020200112231", // Luhn fails
		"4111 1111 1111 1111": "411* **** **** 1111",
		"4111-1111-1111-1111": "411*-****-****-1111",
		"378282246310005":     "378********0005",
		"6200000000000005":    "620*********0005",
		"卡４１１１１１１１１１１１１１１１":         "卡４１１*********１１１１",
		"5555555555554444 exp 1/30": "555*********4444 exp 1/30",
	} {
		if got := mask.Text(text, mask.All); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}

func TestOtherNumbersStayReadable(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"订单 20261128123456", "快递单号 SF1380013800012", "YT13800138000", "13800138000abc",
		"客服电话 400-820-8820", "95588", "2026年11月28日 12:30", "2026-11-28 12:30:05", "一共一百二十三元",
		"12345678901234567890123456789", "192.168.100.200", "价格 1,299.00", "uuid 01890a5d-ac96-774b",
		"110105194912310021", "4111111111111112", "138****8000", "十一点三十分", "",
	} {
		if got := mask.Text(text, mask.All); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestOnlyTheKindsAskedForAreHidden(t *testing.T) {
	t.Parallel()
	const text = "13800138000, 11010519491231002X, 4111111111111111"
	for kinds, want := range map[mask.Kinds]string{
		mask.None:                  text,
		mask.Phone:                 "138****8000, 11010519491231002X, 4111111111111111",
		mask.IDCard:                "13800138000, 110**************X, 4111111111111111",
		mask.BankCard:              "13800138000, 11010519491231002X, 411*********1111",
		mask.Phone | mask.BankCard: "138****8000, 11010519491231002X, 411*********1111",
		mask.All:                   "138****8000, 110**************X, 411*********1111",
	} {
		if got := mask.Text(text, kinds); got != want {
			t.Errorf("%b: got %q, want %q", kinds, got, want)
		}
	}
}

func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"13800138000", "+86 138-0013-8000", "11010519491231002X", "4111 1111 1111 1111", "一三八〇〇一三八〇〇〇",
		"１３８００１３８０００", "\xff13800138000\xfe", "1 2 3 4 5 6 7 8 9 0 1 2 3", "(((", "X",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := mask.Text(text, mask.All)
		if utf8.RuneCountInString(got) != utf8.RuneCountInString(text) {
			t.Errorf("%q became %q, of another length", text, got)
		}
		if again := mask.Text(got, mask.All); again != got {
			t.Errorf("%q, masked again, became %q", got, again)
		}
		before := []rune(text)
		for i, r := range []rune(got) {
			if r != before[i] && (r != '*' || !strings.ContainsRune("0123456789０１２３４５６７８９零〇一二三四五六七八九幺xXｘＸ", before[i])) {
				t.Errorf("%q became %q: character %d is no digit", text, got, i)
			}
		}
	})
}
