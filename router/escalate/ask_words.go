package escalate

// The classes of the words with which people ask for a person, or refuse the bot.
const (
	person  class = ownClasses + iota // a person who answers: 人工, human, agent
	desk                              // those who answer, together: 客服, customer service
	boss                              // somebody above: 经理, manager
	anyone                            // just somebody: 人, someone
	line                              // a number to call: 客服电话
	genuine                           // makes anyone a person: real, live, 真的
	bot                               // what answers now: 机器人, chatbot
	machine                           // a bot only if one talks to it: 机器, computer
	calling                           // a call into the dark: 有人吗, anyone there
	plea                              // a whole request in one misspelt word
	reach                             // 转, 找, 联系, contact, connect
	summon                            // 叫, 让, 派: reach only for what comes next
	send                              // needs something to send: transfer, hand
	speak                             // talk, speak, chat: they stand before somebody
	say                               // 说话, 聊, 沟通: they stand after somebody
	with                              // 跟, 和: somebody stands between it and say
	want                              // 要, 请, need, get me
	have                              // 有没有, is there
	lack                              // 没有
	negate                            // 不要, 别, do not
	stop                              // 关掉, stop, sick of
	scold                             // 没用, useless
	ident                             // asks or tells what somebody is: 你是, are you
	past                              // tells what was: 过, 刚才, yesterday
	ours                              // somebody else's: 我们的, my
	apart                             // keeps a verb from what follows: about, you, 联系你
	serve                             // what the person is to do: 处理, answer
	thing                             // hides a word of this table: 人工智能, travel agent
	glue                              // anything that may stand between
)

// askWords is the table. The Chinese half is written in simplified characters (see package hans).
var askWords = newLexicon([]entry{
	{person, "人工|人工客服|人工服务|人工坐席|人工座席|人工台|人工咨询|人工通道|人工窗口|人工接待|人工客|人工客户|人工部|在线人工|真人|真人客服|真人服务|活人|大活人"},
	{person, "客服人员|客服专员|客服代表|客服小姐姐|服务人员|工作人员|接线员|话务员|业务员|值班人员|售后人员|售后专员|专人|专员|坐席|座席|人为客服|真实客服|客服真人|服务员"},
	{person, "human|humans|human being|human beings|agent|agents|representative|representatives|rep|reps|operator|operators|advisor|adviser|advisors|csr"},
	{person, "employee|staff|staff member|member of staff|team member|executive|specialist|consultant|attendant|service agent|service rep|service representative|service person|customer rep|customer representative|customer agent|colleague|colleagues|real life person|person|person in charge"},
	{desk, "客服|在线客服|客服中心|客户服务|客服部|售后客服|售前客服|官方客服|店铺客服|小二|文字客服|电话客服|客户服务中心"},
	{desk, "customer service|customer services|customer support|customer care|client service|client support|support team|service team|support staff|your team"},
	{desk, "help desk|helpdesk|service desk|call center|call centre|live chat|live support|tech support|technical support|phone support|human support"},
	{boss, "经理|领导|主管|负责人|老板|店长|上级|店主|管理员|组长|老师|专家|技术人员|总监|班长|管事的|说了算的"},
	{boss, "manager|managers|supervisor|boss|owner|founder|founders|director|ceo|team lead|team leader|superior"},
	{anyone, "人|有经验的|经验丰富的|懂业务的|懂行的|会说人话的|能解决问题的|能解决的|能做主的|明白人|懂的人"},
	{anyone, "someone|somebody|anyone|anybody|people|some one|any one|assistant|support"},
	{line, "客服电话|客服热线|客服号码|人工电话|人工热线|人工服务电话|人工客服电话|服务热线|服务电话|helpline|hotline|contact number|support number|customer service number"},
	{genuine, "real|live|actual|living|physical|genuine|proper|breathing|actual live|flesh and blood|真的|真正的|真正|真实的|真实|活的|在线的"},
	{bot, "机器人|机器客服|机器人客服|智能客服|智能助手|智能助理|虚拟客服|虚拟助手|电子客服|自动回复|自动应答|ai客服|人工智能客服"},
	{bot, "bot|bots|robot|robots|chatbot|chatbots|chat bot|chat bots|virtual assistant|virtual agent|automated agent|automated assistant|ai agent|ai assistant|ai bot"},
	{bot, "automated reply|automated replies|automated response|automated responses|automatic replies|canned answers|canned responses|automated system|automated messages"},
	{machine, "机器|电脑|程序|人工智能|ai|machine|machines|computer|computers|algorithm|software|recording"},
	{calling, "有人吗|有人么|有人嘛|有人在吗|有人在么|有人没|人呢|没人吗|没人么|没人理|没人回|没人管|有人理我吗|有人回吗|有人管吗|来人啊|快来人"},
	{calling, "anyone there|anybody there|anyone here|anybody here|is anyone there|is anybody there|is anyone here|is anybody here|is someone there|is somebody there"},
	{plea, "转人功|转人供|转人公|转人共|转人攻|转入工|转仁工|转任工|转认工|专人工|传人工|装人工|砖人工|赚人工|zhuanrengong|zhuan ren gong|zhuan rengong|rengong|ren gong|rengongkefu|kefu"},
	{reach, "转|转接|转到|转给|转成|转为|转至|转去|转回|转入|转一下|转下|接|接通|接入|接一下|连接|链接|连线|连到|连系|换|换成|换到|换回|更换|切|切换|切换到|切到|切回"},
	{reach, "找|找下|找一下|找不到|找你们|见|见见|联系|联系你们|联系上|联系不上|联系一下|联系下|联络|对接|呼叫|召唤|跳转|跳到|打给|要找的是|要转的是"},
	{reach, "contact|contacting|connect|connecting|connected|reach|reaching|call|calling|get in touch with|in touch with|in contact with|get a hold of|get hold of|hold of"},
	{reach, "get through to|get me through to|through to|put me through|put me through to|put me on to|put me on with|patch me through|switch me|switch me over|pass me|pass me on|hand me"},
	{reach, "hand me over|hand me off|transfer me|transfer me over|forward me|redirect me|direct me|route me|bring in|loop in|escalate|escalate me|escalate this|escalate it|consult"},
	{summon, "叫|叫下|叫一下|喊|喊下|派|安排|让|通知"},
	{send, "transfer|transferring|forward|hand|hand over|hand off|handover|pass|redirect|route|switch|direct|put|move"},
	{speak, "talk|talking|speak|speaking|chat|chatting"},
	{say, "说|说话|说说|说一下|聊|聊天|聊聊|聊一下|谈|谈谈|讲|讲话|沟通|对话|交流|通话|语音"},
	{with, "跟|和|与|同"},
	{want, "要|想要|想|需要|要求|请求|申请|希望|请|有请|求|给我|给我们|给个|给一个|来个|来一个|来位|来一位|要的是|点名要"},
	{want, "want|wanna|need|needed|needs|like|wish|prefer|require|required|demand|request|requesting|get|getting|give|give me|send me|bring|bring me|find me|looking for|insist on"},
	{want, "can i have|could i have|may i have|can we have|could we have|let me have|i ll have|would like|id like"},
	{have, "有|有没有|有没|有无|还有|有木有|还有没有|is there|is there any|are there|are there any|is there a|do you have|do you have any|have you got|got any|any"},
	{lack, "没有|没|木有|no"},
	{negate, "不要|不要再|不用|不用再|不需要|不必|不想|不想要|无需|无须|不愿|不愿意|别|别再|甭|先不|先不用|先不要|暂时不用|暂不|没必要|不是要|不是想|拒绝|用不着|不打算|我不转|不希望|不喜欢"},
	{negate, "do not|dont|not|never|no need|no need to|rather not|didnt|did not|doesnt|does not|wont|will not|refuse to|without"},
	{stop, "关掉|关闭|停止|停掉|去掉|屏蔽|退出|受够|受够了|烦死|讨厌|滚|滚开|走开|闭嘴|一边去|受不了|stop|quit|turn off|shut off|disable|get rid of|no more|enough of|enough with"},
	{stop, "sick of|tired of|fed up with|hate|done with|anything but|rather than|instead of|other than|shut up|go away|get lost|away with"},
	{scold, "没用|没有用|不管用|听不懂|答非所问|太笨|太蠢|垃圾|useless|stupid|dumb|no use|not helping|not helpful|unhelpful|pointless"},
	{ident, "是|你是|您是|你们是|是不是|是否是|算是|are you|r u|are u|you are|u are|youre|ur a|am i talking|am i speaking|am i chatting|is this|is it|is that|this is"},
	{ident, "if you are|if you were|i am a|im a|i am|im not|you sound like|you a|was it|was that|were you|am i"},
	{past, "过|刚|刚刚|刚才|之前|以前|昨天|前天|上次|上回|已经|多次|曾经|just now|yesterday|ago|earlier|previously|last week|last time|last month|last night"},
	{past, "was|were|been|had|told me to|said to|asked me to|days back|advised me to|used to"},
	{ours, "我们|我们的|我的|咱们|他们|他们的|他的|她的|自己的|my|our|their|his|her"},
	{apart, "联系你|联系您|给你|给您|找你|找您|通知你|我让|我叫|关于|about|regarding|you|u|ya|him|them|yourself|be|become"},
	{serve, "帮忙|帮|帮助|处理|解决|回复|回答|回应|解答|接听|接待|服务|办理|办|协助|介入|跟进|来|过来|出来|出面|打电话|回电|回电话|接电话|打|看看|看下|接管|在|在吗|在不在|在么|上线|上班"},
	{serve, "answer|respond|reply|handle|solve|fix|resolve|available|call me|call me back|take over|step in|come|join|deal with|look into|around|working|on duty"},
	{thing, "人工费|人工湖|人工岛|人工审核|人工审批|人工复核|人工核实|人工审查|人工提额|人工扣款|人工还款|人工操作|人工成本|人工授精|人工呼吸|真人秀|真人版|真人cs|转账|转帐|转出|转卖|转发|周转|好转|运转"},
	{thing, "接到|接收|接受|接着|接下来|找回|找零|换货|换卡|换绑|退换|换新|兑换|换购|叫做|叫什么|名叫|邀请|联系人|联系方式|联系电话|机器人玩具|扫地机器人|拖地机器人|洗地机器人|擦窗机器人|炒菜机器人"},
	{thing, "编程机器人|陪伴机器人|儿童机器人|玩具机器人|个人信息|个人资料|个人中心|人民币|本人|别人|他人|收款人|持卡人|人家|客人|老人|家人|大人|成人|男人|女人|工人|人脸|人生|人气|人数|主要|重要|要是|同意|不同|同款|同步|同时"},
	{thing, "有的人|有些人|有人说|所有|有效|有限|没收|客服让|客服叫|客服告诉|客服回复|客服打|客服来电|客服工作|客服态度|级别|性别|区别|识别|分别|告别|老板娘"},
	{thing, "human resource|human resources|human hair|human rights|human error|human body|human nature|human size|travel agent|travel agents|real estate|real estate agent|estate agent|estate agents"},
	{thing, "insurance agent|delivery agent|shipping agent|cleaning agent|bonding agent|booking agent|ticket agent|leasing agent|letting agent|transfer agent|tax agent|user agent|free agent|secret agent|immigration agent"},
	{thing, "tour operator|mobile operator|network operator|machine operator|smooth operator|legal representative|personal assistant|password manager|file manager|real time|live stream|live music|machine learning|washing machine|robot vacuum|robot vacuums"},
	{glue, "我|俺|你|您|你们|你家|他|它|个|一个|两个|一位|位|名|一名|一下|下|点|些|的|地|得|了|吗|么|嘛|吧|呢|啊|呀|啦|哦|噢|喔|哈|呐|哎|唉|喂|嗨|哪|那|这|这个|这边|那边|里|上|去|到|为|把|被|先|就|都|只|才|再|又|也|可|给|给你们"},
	{glue, "你好|您好|好|好的|好吗|好不好|请问|谢谢|多谢|麻烦|麻烦你|拜托|拜托了|快|快点|快些|赶紧|赶快|马上|立刻|立即|现在|直接|尽快|速度|帮我|能|能不能|能否|可以|可不可以|可否|行|行吗|行不行|是否|要不要|想不想|需不需要|用不用"},
	{glue, "怎么|怎样|怎么才能|如何|怎么样才能|为什么|为什么不|为何|哪里|哪儿|在哪|在哪里|在哪儿|在线|线上|到底|究竟|什么|谁|啥|号|工号|其他|其它|另|另外|另一个|别的|特别|普通|资深|专业|专业的|高级|有空的|特意|老|咨询|咨询下|咨询一下|让我|想问|一直|必须|只想|就想|只要|就要|还是|能帮我|不能|不可以|不让|不给|吧谢谢"},
	{glue, "i|me|us|we|a|an|the|to|with|of|for|from|some|your|this|that|please|pls|plz|now|right now|away|right away|asap|just|really|immediately|kindly|hi|hello|hey|hiya|ok|okay|yes|yeah|thanks|thank|thank you|sir|madam|mate|dear"},
	{glue, "would|could|can|shall|will|may|might|do|how|what|where|which|who|possible|is it possible|is it possible to|able|help|helping|assist|assistance|directly|instead|here|there|online|today|urgently|urgent|quickly|quick|fast|and|or|so|then|again|still|different|another|other|new"},
	{glue, "let|lets|must|have to|rather|trying|try|way|able to|conversation|over|through|it|someplace|somehow|more|only|at|on|as soon as possible|good|nice|fucking|damn|goddamn|bloody|freaking|fricking|can you|could you|would you|will you|can u|could u|can ya|cant you|why dont you|why dont|why do not|why not|why wont you|why wont|why cant|help me"},
})
