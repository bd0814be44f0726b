package demo

// lines are what people say in one language, besides the questions of the knowledge base.
type lines struct {
	lang                             string
	human, nonsense, angry, stolen   []string
	again, thanks, slow, hello, help []string
	bye                              []string
}

var chinese = lines{
	lang:     "zh-CN",
	human:    []string{"转人工", "我要找人工客服", "能不能让真人来", "叫个人来行吗"},
	nonsense: []string{"那个东西它又那样了", "就是上回说的那个事", "你们那个蓝的会不会自己响", "我说的不是这个", "还是不行啊，它不转"},
	angry:    []string{"太差劲了，我要投诉", "等了这么久，你们到底管不管", "真是气死我了，答非所问"},
	stolen:   []string{"我的账号被盗了，有人用我的钱下单", "刚才有人冒充你们客服骗了我一千块"},
	again:    []string{"可是我问的是", "还是没明白，", "再问一遍，"},
	thanks:   []string{"谢谢", "好的，明白了", "知道了，谢谢你"},
	slow:     []string{"我眼睛不好 字太小了看不清", "慢一点 我打字慢", "孩子 教教我怎么弄"},
	hello:    []string{"您好，我是%s，前面的聊天我都看到了，马上帮您处理。", "您好，%s为您服务，请稍等，我查一下您的订单。"},
	help: []string{
		"查到了，已经帮您登记，退款会原路退回，一到两天内到账。", "已经和仓库确认，今天下午给您补发，运单号稍后短信发给您。",
		"这一笔是重复扣款，我已经提交退款，请您放心。", "您的账号已经先保护起来，接下来请您改一下密码，我一步一步告诉您。",
		"不着急，您慢慢说。第一步，请打开“我的订单”。",
	},
	bye: []string{"还有别的可以帮您吗？没有的话我先结束聊天，您随时可以再来。"},
}

var english = lines{
	lang:     "en",
	human:    []string{"let me talk to a person", "I want a human please", "can somebody real answer me"},
	nonsense: []string{"it did the thing again", "the blue one, you know, from before", "no, the other one keeps humming", "that is not what I mean at all"},
	angry:    []string{"this is terrible, I want to complain", "I have been waiting for days, do you even care"},
	stolen:   []string{"my account was hacked and somebody ordered with my card"},
	again:    []string{"but what I asked is: ", "once more, ", "I still do not understand. "},
	thanks:   []string{"thank you", "ok, got it", "great, thanks a lot"},
	slow:     []string{"the letters are too small for me", "please slowly, I am not good with phones"},
	hello:    []string{"Hello, this is %s. I have read the chat so far and will take care of it.", "Hi, %s here. One moment, I am looking at your order."},
	help: []string{
		"Found it: your refund is on its way and arrives within two days.", "The warehouse sends the missing item today; the number follows by message.",
		"That was charged twice. I have sent the second charge back to you.", "Your account is locked for everybody else now. Please change the password; I will guide you.",
	},
	bye: []string{"Is there anything else? If not, I will end the chat; you can come back at any time."},
}
