package escalate

// The classes of the words with which people report that they are being robbed, or hurt.
const (
	crime    class = ownClasses + iota // says it all: 被盗刷, hacked, I was mugged
	taken                              // needs something taken: 偷, stolen
	moved                              // needs something one carries: was taken, 被拿走
	lost                               // needs something one carries: 丢了, cannot find
	carried                            // card, phone, wallet
	loot                               // what is only ever stolen: bag, things
	holding                            // account, money, password, details
	stranger                           // somebody else: 有人, someone
	uses                               // is at it: used, 登录
	grabs                              // is at what is mine: has my
	unasked                            // without being allowed: 不是我操作的, without my permission
	strange                            // not understood: do not recognise, 不认识的
	payment                            // what is not recognised: transactions, 消费
	freezes                            // 冻结, block, freeze
	reports                            // asks where to tell: report
	harm                               // hurts people: 爆炸了, caught fire
	supposed                           // if, 万一, 担心: not yet, or not said
	howto                              // 防止, prevent, insurance: not an incident at all
	found                              // over again: 找到了, found
	delivery                           // lost on the way, not stolen: 快递, has not arrived
	teller                             // the cash machine took it
	mine                               // my, 我的
	knobs                              // what else belongs to a card or phone: number, case
)

var safetyWords = newLexicon([]entry{
	{crime, "被盗刷|盗刷|被盗用|盗用|被盗号|盗号|号被盗|被人盗|被别人盗|被盗取|被冒用|冒用|冒名|被骗|受骗|上当受骗|被诈骗|遭诈骗|诈骗我|骗了我|骗走|骗我钱|被黑了|被黑客|黑客|被入侵|异地登录|异常登录|陌生设备|被勒索|被敲诈|被转走|被刷走|被刷了|被人刷|被抢|被抢劫"},
	{crime, "hacked|hacker|hackers|been compromised|is compromised|was compromised|got compromised|defrauded|scammed|got scammed|phished|been phished|identity theft|mugged|robbed|was cloned|been cloned|was skimmed|fraudulently|blackmailed|ransomed"},
	{crime, "drained my account|emptied my account|unauthorized charges|unauthorised charges|unauthorized transactions|unauthorised transactions|fraudulent transactions|fraudulent charges|fraud on my account|stolen identity|took over my account"},
	{taken, "被盗|被偷|偷了|偷走|盗走|偷|stolen|stole|theft|steals|stealing"},
	{moved, "被拿走|被人拿走|was taken|were taken|been taken|got taken|taken from me|everything taken|took my"},
	{lost, "丢了|掉了|不见了|遗失|丢失|弄丢|弄丢了|搞丢了|丢在|落在|找不到了|没了|lost|lose|missing|misplaced|cant find|can not find|cannot find|could not find|couldnt find|gone|is not on me|not with me|lost track of|left my|not sure where"},
	{carried, "手机|银行卡|信用卡|储蓄卡|身份证|钱包|卡|卡片|sim卡|电话卡|会员卡|card|cards|credit card|credit cards|debit card|debit cards|phone|mobile|smartphone|iphone|wallet|purse|passport"},
	{loot, "包|包包|行李|东西|bag|bags|handbag|backpack|luggage|things|stuff|everything"},
	{holding, "账号|账户|帐号|帐户|户头|余额|钱|密码|积分|资金|存款|验证码|微信|支付宝|account|accounts|money|cash|funds|password|identity|details|information|info|savings|balance|app"},
	{stranger, "有人|别人|他人|陌生人|不认识的人|谁|someone|someone else|somebody|somebody else|some one|anyone else|strangers|stranger|a thief|thief|thieves|idiot|ex boyfriend|they|my child|another person"},
	{uses, "登录|登陆|操作|消费|转账|刷|买东西|取钱|取走|下单|使用|改了|登进|登我|is using|are using|be using|been using|using|used|use|uses|accessed|has access|had access|access to|got access|withdrew|withdrawn|withdrawing|removed"},
	{grabs, "has my|have my|got my|gotten my|get my|changed my|reset my"},
	{uses, "has gotten|copied|obtained|taken out|took out|took money|taken money|taken some money|made a purchase|made purchases|logged in|logged into|spending|shopping with|has taken|stolen from"},
	{unasked, "不是我操作|不是我本人|不是本人|非本人|不是我消费|不是我买|不是我登录|不是我下的|不是我转|不是我弄|不是我刷|我没操作|我没买过|我没有操作|我没消费|我没有消费|without my permission|without permission|without my knowledge|without me knowing|without my consent|without my agreement|without asking me|without authorization|improperly|fraudulent|unauthorized|unauthorised"},
	{strange, "不认识的|莫名其妙|不知道的|来历不明|do not recognize|do not recognise|dont recognize|dont recognise|not recognize|didnt make|did not make|have not made|havent made|never made|never authorized|dont remember|do not remember|didnt authorize|did not authorize|strange|weird|random|suspicious"},
	{payment, "扣款|扣费|支出|交易|付款|订单|消费记录|transaction|transactions|payment|payments|charge|charges|purchase|purchases|withdrawal|withdrawals|direct debit|orders"},
	{freezes, "冻结|挂失|锁定账号|锁住账号|freeze|frozen|block|blocked|lock|deactivate|disable|cancel"},
	{reports, "报案|举报|report|reported|reporting|police|police report|deal with a|fraud|dispute fraud"},
	{harm, "爆炸了|着火了|着火|起火|起火了|冒烟|冒烟了|漏电|触电|触电了|电到|烫伤|烫伤了|烧伤|烧伤了|受伤了|割伤|食物中毒|昏倒|晕倒|晕倒了|窒息|煤气泄漏|漏气了|起红疹|过敏了|不想活|自杀|轻生|活不下去"},
	{harm, "caught fire|on fire|exploded|exploding|blew up|smoking hot|smoke coming|electric shock|electrocuted|got burned|burned my|burnt my|burned me|injured|allergic reaction|poisoned|food poisoning|kill myself|want to die|suicide|suicidal|end my life"},
	{supposed, "会着火|会漏电|会起火|会爆炸|会触电|会过敏|如果|万一|要是|假如|假设|担心|害怕|怕|会不会|会被|可能会|是否会|if|whether|in case|suppose|what happens|what would happen|might be able|worried that|afraid"},
	{howto, "别人能|别人可以|谁能|谁可以|给别人|给他人|防止|预防|防盗|防骗|避免|怎么防|如何防|安全吗|反诈|防诈骗|保险|知识|案例|是什么|什么是|prevent|avoid|protect against|protect myself from|insurance|insured|what is|meaning of|how safe|proof|how do you prevent|tips"},
	{found, "找到了|找回来了|找回了|又找到|虚惊一场|found|found it|find it again|previously lost|thought i lost|thought it was lost|turned up"},
	{delivery, "快递|包裹|物流|派送|签收|没收到|还没到|hasnt arrived|has not arrived|not arrived|arrived|arrive|delivery|delivered|mail|post|shipping|package|parcel|receive|received|ordered|order"},
	{teller, "atm|the machine|cash machine|取款机|柜员机|merchant|merchants|seller"},
	{mine, "我|我的|我们的|俺|my|mine|our|i|ive"},
	{knobs, "卡顿|卡住|卡死|卡了|很卡|太卡|好卡|偷工减料|偷懒|偷偷|漏电保护|保修卡|购物卡|礼品卡|贺卡|warranty card|gift card|gift cards|greeting card|to use|gone through|gone up|gone in|壳|膜|号|号码|充电器|套|pin|number|case|charger|reader|holder|code|limit"},
})
