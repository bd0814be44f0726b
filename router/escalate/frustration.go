package escalate

import "unicode"

// frustrationWords tell of lost patience. It is only ever a reason to ask whether a person should
// help (W5): alone it never hands anybody over.
var frustrationWords = []entry{
	{raging, "气死|气死我|气死我了|气死了|气死人|气死人了|快气死|烦死|烦死了|烦死人|火大|恼火|怒了|愤怒|忍无可忍|忍不了|忍不下去|气炸|气炸了|很生气|非常生气|好生气|太生气了|我生气了|太气人了|气人"},
	{raging, "受够了|受够你们|受不了了|受不了你们|太差劲|太差劲了|差劲|太烂了|烂透了|什么玩意|什么玩意儿|什么破|什么垃圾|垃圾客服|垃圾平台|垃圾公司|垃圾软件|垃圾系统|你们垃圾|太垃圾|太垃圾了|破系统|破软件|坑人|坑爹|太坑了|耍我|耍人|玩我|糊弄我|糊弄人|敷衍我"},
	{raging, "推来推去|踢皮球|浪费时间|浪费我的时间|浪费我时间|没人管我|没人理我|不负责任|太过分|太过分了|欺负人|欺负老人|有完没完|没完没了|搞什么|搞什么鬼|搞毛|什么态度|妈的|他妈|他妈的|tmd|傻逼|傻b|脑残|去死|废物|再也不来了|再也不买了|真服了|服了你们|我服了|崩溃了|要崩溃|快崩溃|心累|糟心|太失望|太失望了|非常失望"},
	{raging, "傻眼|烂死了|超烂|超级烂|有够烂|有够扯|太扯|太扯了|很扯|很瞎|太瞎|太夸张|太夸张了|够夸张|三小|搞屁|整人|不爽|很不爽|超不爽|气到|莫名其妙的客服|鬼打墙|打太极|跳针|白痴"},
	{annoyed, "无语|无语了|失望|让人失望|等半天|等了半天|白等|白跑|等了好久|等了很久|等太久|到底要等多久|还要等多久|怎么这么慢|太慢了|问了好几遍|问了几遍|说了好几遍|说了几遍|说了多少遍|讲了好几遍|讲几遍|说过了|我说过了|都说了|刚说过|没有用|还是不行|还是没用|还是不对|一直不行|到底行不行|到底能不能|好烦|真烦|太麻烦了|太难用|难用|敷衍|垃圾|生气"},
	{raging, "furious|outraged|outrageous|pissed|pissed off|ridiculous|unacceptable|pathetic|disgusting|disgusted|disgraceful|appalling|atrocious|bullshit|wtf|fuck|fucking|fucked|fuck you|shitty|piece of shit|you suck|this sucks|waste of time|waste of my time|wasting my time|wasted my time|fed up|had enough|sick of this|sick and tired|tired of this|losing my patience|lost my patience|out of patience|what a joke|is a joke|are you kidding|you kidding me|kidding me|for gods sake|for heavens sake|absurd"},
	{raging, "so angry|very angry|really angry|im angry|i am angry|so frustrated|very frustrated|really frustrated|extremely frustrated|so frustrating|very frustrating|really frustrating|driving me crazy|driving me mad|driving me nuts|worst service|worst experience|worst company|worst app|terrible service|horrible service|awful service|poor service|useless service|never again|never shopping here|never buying|going in circles|going round in circles|going around in circles|getting nowhere|incompetent|idiots|morons|rip off|ripoff"},
	{annoyed, "frustrated|frustrating|frustration|annoyed|annoying|angry|upset|terrible|horrible|awful|worst|rubbish|garbage|crap|shit|disappointed|disappointing|disappointment|unhappy|dissatisfied|not happy|not satisfied|not good enough|ridiculously|stressful|nightmare|hopeless|still not working|still doesnt work|still does not work|still no answer|that didnt help|that did not help|doesnt help|does not help|not helping me|how many times do i have to|how many times must i|already told you|i told you|i already said|said that already|already asked|asked three times|asked twice|waiting for hours|waited for hours|waiting forever|waiting for ages|takes forever|too slow|so slow"},
}

// frustrated is how clearly a message tells of lost patience: by its words, or by being shouted.
func frustrated(m mood, raw string) Level {
	if m.frustrated == None && shouted(raw) {
		return Maybe
	}
	return m.frustrated
}

// How much must be shouted before it counts: three marks side by side, or that many capital letters
// in more than one word and nothing small.
const (
	shoutMarks   = 3
	shoutCapital = 12
)

// shouted reports whether a message is written in capitals or ends its sentences with !!! or ???. It
// reads what was typed, because normalising takes all of this away.
func shouted(raw string) bool {
	marks, capitals, words, small, inWord := 0, 0, 0, false, false
	for _, r := range raw {
		if r == '!' || r == '?' || r == '！' || r == '？' {
			if marks++; marks >= shoutMarks {
				return true
			}
		} else {
			marks = 0
		}
		switch {
		case unicode.IsUpper(r):
			capitals++
		case unicode.IsLower(r):
			small = true
		}
		if letter := unicode.IsUpper(r); letter != inWord {
			if inWord = letter; letter {
				words++
			}
		}
	}
	return !small && capitals >= shoutCapital && words > 2
}
