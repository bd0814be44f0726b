package bot_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"yijian/router/bot"
	"yijian/router/bot/intent"
	"yijian/router/bot/kb"
)

// outsideZH and outsideEN are sentences that a shop has no answer to. None of them is among the
// background sentences that the bot learns.
var outsideZH = []string{
	"今天天气怎么样", "给我讲个笑话", "帮我写一首诗", "世界上最高的山是哪座", "你喜欢吃什么", "中国有多少个省",
	"明天会下雨吗", "唱首歌听听", "怎么做红烧肉", "人生的意义是什么", "谁是美国总统", "附近哪里有医院",
	"股票最近涨了吗", "孩子不爱学习怎么办", "去北京坐几点的火车", "你叫什么名字", "头疼吃什么药好",
	"一加一等于几", "推荐一部电影", "我家猫不吃东西了", "高血压要注意什么", "怎么减肥最快", "帮我翻译一段英文",
	"足球比赛谁赢了", "啊啊啊啊啊啊", "哈哈哈", "血糖高能吃西瓜吗", "广场舞在哪里跳", "养老金怎么领",
	"公交卡怎么充值", "今年春节是哪一天", "我想学跳舞", "降压药一天吃几次", "你会下象棋吗", "村里修路找谁",
	"怎样种西红柿", "手机没信号是不是欠费", "燃气费在哪交", "北京有什么景点", "帮我订个酒店", "地震了怎么办",
	"鸡蛋多少钱一斤", "电视怎么调台", "孩子高考多少分能上大学", "飞机晚点了怎么办", "无聊死了", "谢谢", "在吗",
	"我想我儿子了", "养花用什么土",
}

var outsideEN = []string{
	"What is the weather like today?", "Tell me a joke", "Write me a poem",
	"What is the highest mountain in the world?", "What do you like to eat?", "How many planets are there?",
	"Who won the football match?", "How do I cook rice?", "What is the meaning of life?",
	"Who is the president of France?", "Where is the nearest hospital?", "Are stocks going up?",
	"My cat will not eat", "What time is the train to Beijing?", "What is your name?",
	"Which medicine helps against a headache?", "What is one plus one?", "Recommend a movie",
	"How can I lose weight fast?", "Translate this sentence into German", "asdf qwer zxcv", "lol",
	"What should I do about high blood pressure?", "When was the Great Wall built?", "Sing me a song",
	"Is there life on Mars?", "Fix my bicycle brakes", "How do I get a pension?", "Book a flight to Tokyo",
	"What is the capital of Spain?", "When is Easter this year?", "I want to learn to dance",
	"Can you play chess?", "How do I grow tomatoes?", "Book me a hotel room",
	"What are the sights in Beijing?", "My flight is delayed", "How many eggs should I eat a day?",
	"Who invented the telephone?", "I am bored to death", "Thank you", "Are you there?",
	"Can you drive a car?", "Where do birds go in winter?", "I miss my son", "How deep is the ocean?",
	"Is my taxi coming?", "How do I tie a tie?", "What is the score?", "Do vaccines hurt?",
}

func TestNewWordingsOfTheDemoAreRecognised(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("trains twenty classifiers; run without -short")
	}
	k, err := kb.Demo()
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []string{kb.Chinese, kb.English} {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			outcomes, err := intent.LeaveOneOut(bot.Examples(k, lang), intent.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var answered []intent.Outcome
			for _, o := range outcomes {
				if demoBot(t).Sure(o.Prediction) {
					answered = append(answered, o)
				}
			}
			accuracy, share := intent.Accuracy(outcomes), share(len(answered), len(outcomes))
			t.Logf("leave-one-out, %d questions: accuracy %.3f, answered %.3f, of these right %.3f",
				len(outcomes), accuracy, share, intent.Accuracy(answered))
			if accuracy < 0.80 {
				t.Errorf("accuracy: got %.3f, want at least 0.80", accuracy)
			}
			if share < 0.75 {
				t.Errorf("answered: got %.3f, want at least 0.75", share)
			}
		})
	}
}

func TestWhatNoShopAnswersIsAdmitted(t *testing.T) {
	t.Parallel()
	f := demoBot(t)
	for tag, texts := range map[string][]string{"zh-CN": outsideZH, "en": outsideEN} {
		admitted := 0
		for _, text := range texts {
			r := ask(t, f, tag, text)
			if r.Unsure {
				admitted++
				continue
			}
			t.Logf("%s %q was taken for %s (%.2f)", tag, text, r.Intent, r.Confidence)
		}
		got := share(admitted, len(texts))
		t.Logf("%s: %.2f of %d outside questions admitted", tag, got, len(texts))
		if got < 0.80 {
			t.Errorf("%s: got %.2f admitted, want at least 0.80", tag, got)
		}
	}
}

// TestRealBankQuestionsAreRecognised trains on an imported CSV of real questions and asks others.
func TestRealBankQuestionsAreRecognised(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("trains on 10,000 questions; run without -short")
	}
	f, err := bot.NewFAQ(bank(t, "train"), bot.Options{})
	if err != nil {
		t.Fatal(err)
	}
	right, answered, asked := 0, 0, 0
	for _, e := range bank(t, "test").Entries {
		for _, q := range e.EN.Questions {
			p := f.Predict("en", q)
			asked++
			if p.Intent == e.ID {
				right++
			}
			if f.Sure(p) {
				answered++
			}
		}
	}
	t.Logf("%d questions: accuracy %.4f, answered %.3f", asked, share(right, asked), share(answered, asked))
	if got := share(right, asked); got < 0.90 {
		t.Errorf("accuracy: got %.4f, want at least 0.90", got)
	}
}

func share(part, whole int) float64 { return float64(part) / float64(max(whole, 1)) }

// bank imports one part of banking77, which is not in the repository.
func bank(t testing.TB, part string) *kb.KB {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", "banking77."+part+".csv")
	file, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		t.Skipf("%s is not here; it lies beside the repository on development machines", path)
	}
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = file.Close() }()
	k, err := kb.FromCSV(file)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func BenchmarkTrainDemo(b *testing.B) {
	k, err := kb.Demo()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := bot.NewFAQ(k, bot.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTrainBank(b *testing.B) {
	k := bank(b, "train")
	for b.Loop() {
		if _, err := bot.NewFAQ(k, bot.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReply(b *testing.B) {
	f := demoBot(b)
	for name, text := range map[string]string{
		"zh": "我的退款为什么这么久还没有到账", "en": "Could you tell me why my refund takes so long?",
		"hostile": longText(),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := f.Reply(b.Context(), bot.Turn{Lang: "zh-CN", Text: text}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkReplyBank(b *testing.B) {
	f, err := bot.NewFAQ(bank(b, "train"), bot.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := f.Reply(b.Context(), bot.Turn{Text: "why has my card payment still not gone through?"}); err != nil {
			b.Fatal(err)
		}
	}
}

// longText is 16 KiB without a repeated word.
func longText() string {
	var text []byte
	for i := 0; len(text) < 16<<10; i++ {
		text = append(text, byte('a'+i%26), byte('a'+i/26%26), byte('a'+i/676%26), ' ')
	}
	return string(text)
}
