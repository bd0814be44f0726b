package escalate_test

import (
	"testing"

	"yijian/router/escalate"
)

// shop is what a shop's knowledge base might ask.
var shop = []string{
	"我的快递到哪里了", "怎么申请退款", "退款多久到账", "发票怎么开", "如何修改收货地址", "优惠券怎么使用", "订单可以取消吗", "几点下班", "怎么注册会员",
	"运费是多少", "保修期有多长", "有没有现货", "怎么联系快递员", "可以货到付款吗", "密码忘记了怎么办",
	"where is my parcel", "how do i get a refund", "when will the refund arrive", "how do i get an invoice", "change my delivery address",
	"how do i use a coupon", "can i cancel my order", "what are your opening hours", "how do i become a member", "how much is postage",
}

func TestAQuestionInOtherWordsIsARepetition(t *testing.T) {
	t.Parallel()
	rarity := escalate.NewRarity(shop)
	for _, c := range []struct {
		name, first, then string
		want              int
	}{
		{"zh-CN", "我的快递到哪里了", "快递现在到哪儿了啊", 1},
		{"zh-TW", "退款什麼時候會入帳", "我的退款多久會入帳", 1},
		{"scripts", "退款多久到账", "退款多久到賬呢", 1},
		{"en", "when will my refund arrive", "hello, when does my refund arrive??", 1},
		{"another question, zh", "我的快递到哪里了", "发票怎么开", 0},
		{"another question, en", "where is my parcel", "how do I get an invoice", 0},
		{"another order", "订单 20261128 到哪里了", "订单 20261203 到哪里了", 0},
		{"the same order, named", "我的订单到哪里了", "订单 20261203 到哪里了", 1},
		{"thanks", "谢谢你", "谢谢", 0},
		{"courtesy", "好的谢谢", "好的好的", 0},
		{"an emoji", "🙂", "🙂", 0},
		{"the same number of a menu", "1", "1", 0},
	} {
		l := new(log).visitor(c.first).bot(parcel, "").visitor(c.then)
		var s escalate.Session
		s.Weigh(rarity)
		for _, e := range l.events {
			s.Add(e)
		}
		in := s.Input()
		if got := in.Features[escalate.Repeated].Value; got != c.want {
			t.Errorf("%s: %q after %q: got %d, want %d; likeness %.2f", c.name, c.then, c.first, got, c.want,
				rarity.Likeness(escalate.Normalise(c.then), escalate.Normalise(c.first)))
		}
	}
}

func TestWhatTheBotUnderstoodComesBeforeHowAlikeMessagesAre(t *testing.T) {
	t.Parallel()
	apart := new(log).visitor("怎么修改收货地址").bot(parcel, "address").visitor("怎么修改收货电话").bot(invoice, "phone")
	if got := apart.value(escalate.Repeated); got != 0 {
		t.Errorf("two intents: got %d, want 0", got)
	}
	near := new(log).visitor("钱呢").unsure().visitor("退的款怎么没见着").unsure()
	near.events[1].Body.Intent, near.events[3].Body.Intent = "refund", "refund"
	if got := near.value(escalate.Repeated); got != 1 {
		t.Errorf("an intent the bot was unsure of, twice: got %d, want 1", got)
	}
}

func TestOnlyTheLastThreeMessagesAreRepeated(t *testing.T) {
	t.Parallel()
	l := new(log).visitor("我的快递到哪里了呀").visitor("发票怎么开").visitor("优惠券怎么使用").visitor("可以货到付款吗").visitor("我的快递到哪里了")
	if got := l.value(escalate.Repeated); got != 0 {
		t.Errorf("four messages back: got %d, want 0", got)
	}
}

func TestTheBotRepeatsItselfWhenMostWordsAreTheSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, first, then, intent string
		want                      int
	}{
		{"word for word", parcel, parcel, "", 1},
		{"with a courtesy", parcel, parcel + "谢谢！", "", 1},
		{"in the other script", "發票在訂單頁面的右下角可以下載，也可以寄給您。", invoice, "", 1},
		{"nearly, in English", "Your parcel comes within three days of your order.", "Your parcel comes within three days of the order!", "", 1},
		{"the same entry in other words", "You can download it from your orders page.", "Look at the bottom of the page with orders, please.", "invoice", 1},
		{"something else", parcel, invoice, "", 0},
		{"a courtesy", "不客气", "不客气", "", 0},
	} {
		got := new(log).visitor("a").bot(c.first, c.intent).visitor("b").bot(c.then, c.intent).value(escalate.BotRepeated)
		if got != c.want {
			t.Errorf("%s: got %d, want %d", c.name, got, c.want)
		}
	}
}

func TestACourtesyAfterAnAnswerIsNotTheAnswer(t *testing.T) {
	t.Parallel()
	const more = "请问还有什么可以帮您的吗？"
	l := new(log).visitor("到哪了").bot(parcel, "").bot(more, "").visitor("发票呢").bot(invoice, "").bot(more, "")
	if got := l.value(escalate.BotRepeated); got != 0 {
		t.Errorf("got %d, want 0: the answers differ", got)
	}
}

func FuzzLikeness(f *testing.F) {
	f.Add("退款多久到账", "when will it arrive")
	f.Add("", "🙂")
	f.Add("\xff\u200b", "转\u200b人工")
	r := escalate.NewRarity(shop)
	f.Fuzz(func(t *testing.T, a, b string) {
		x, y := escalate.Normalise(a), escalate.Normalise(b)
		for _, r := range []*escalate.Rarity{r, nil} {
			ab, ba := r.Likeness(x, y), r.Likeness(y, x)
			if !(ab >= 0 && ab <= 1) || ab != ba {
				t.Errorf("Likeness(%q, %q) = %v, the other way %v", a, b, ab, ba)
			}
			if self := r.Likeness(x, x); self != 0 && self < 0.999 {
				t.Errorf("%q is like itself by %v", a, self)
			}
		}
	})
}
