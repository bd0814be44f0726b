package replay

import "strings"

// pleas are plain ways to ask for a person. They are what anybody would say, without traps: whether
// the router hears the less plain ones is for its own tests.
var pleas = []string{
	"转人工",
	"人工客服",
	"我要人工",
	"请帮我转人工",
	"找人工客服",
	"我想和真人说话",
	"我要找客服人员",
	"能不能转接人工服务",
	"麻烦转一下人工",
	"不要机器人，我要人工",
	"转接人工坐席",
	"叫真人来跟我说",
	"I want to talk to a person",
	"talk to a human",
	"Can I speak to someone please",
	"connect me to an agent",
	"I need a real person",
	"human please",
	"transfer me to a representative",
	"let me speak to customer service staff",
	"I'd like to talk to a human agent",
	"Please put me through to a live agent",
	"speak to a representative",
	"get me a human",
}

// followUps are what a visitor may tell an agent first.
var followUps = []string{
	"你好，刚才机器人没有说清楚，麻烦您帮我看一下。",
	"您好，我还是没有弄明白，应该先做哪一步？",
	"Hello, the bot could not help me with this. Could you have a look?",
	"Hi, I am still not sure what to do first.",
}

// farewells are a visitor's last words. Each ends with a mark that the agents of a replay know as
// the end of the conversation.
var farewells = []string{
	"明白了，谢谢您，" + byeZH,
	"好的，" + byeZH,
	"That helps a lot. " + byeEN,
	"Good to know. " + byeEN,
}

const (
	byeZH = "没有别的问题了。"
	byeEN = "Thank you, that is all."
)

// isFarewell reports whether a visitor has said that nothing is left to answer.
func isFarewell(text string) bool {
	return strings.HasSuffix(text, byeZH) || strings.HasSuffix(text, byeEN)
}
