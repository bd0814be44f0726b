package intent

import (
	"strings"
	"unicode/utf8"
)

// concepts lists, a line each, words that mean the same to somebody who shops. A handful of examples
// an entry cannot teach that 邮费 is 运费 or that a package is a parcel; this does. Words are as
// Normalise leaves them, separated by commas; a phrase in an alphabet keeps its single spaces.
const concepts = `
怎么,怎样,如何,咋,咋样
什么时候,啥时候,何时,多久,多长时间,几天,多少天,几号,哪天,多会儿,几时,要多久,等多久
哪里,哪儿,在哪,哪个地方,什么地方
多少钱,几块钱,价钱,收费,费用,要钱,要不要钱,花钱
为什么,为啥,怎么回事,咋回事,什么原因
用不了,失败,不成功,出错,异常,报错,没反应,不能用,付不了,点不了,不了
取消,撤销,作废,撤回,停掉,关掉,关闭,退订,怎么关
退货,退回,退掉,寄回,退回去,寄回去
退款,退钱,返还,退的钱,钱退,退给我
换货,换一件,换一个,换大,换小,换码
快递员,配送员,送货员,快递小哥,送货的,送快递的
快递,包裹,物流,货物
送货,配送,派送,派件,送到
发货,寄出,发出,出货,发走
到货,送达,收到,到达,送到
运费,邮费,快递费,包邮,邮资
优惠券,券,红包,代金券,优惠卷,满减
优惠,打折,便宜,促销,折扣
发票,专票,开票
错,不对,弄错,填错,写错,选错,拍错,点错
坏,破,碎,损坏,破损,摔坏,压坏,毛病,故障,裂
少发,漏发,没给齐,缺,漏,少了
账号,账户,帐户,帐号
手机号,电话号码,号码,手机号码
登录,登陆,登不上,登不进,登不了
改,修改,更改,变更,改成
删除,删,删掉,注销,清空
付款,支付,付钱,给钱,交钱,结账
扣款,扣钱,扣费,扣了
女儿,儿子,孩子,家人,老伴,闺女,孙子,亲戚
骗,诈骗,骗子,上当,被骗
被盗,盗号,盗用,被人登
冒充,自称,假冒,假客服
投诉,举报,差评
态度,礼貌,骂人,骂,凶
安装,装,上门装
维修,修理,修,报修
保修,质保
过期,到期,有效期,失效
尺码,尺寸,大小,多大码,什么码
有货,现货,库存,缺货,无货,断货,补货,没货
降价,差价,价保,保价,价格保护,补差
预售,尾款,定金,预定,预订
礼物,礼品,送人,送礼,贺卡
购物卡,礼品卡,储值卡
看不清,看不见,眼睛,老花,字小,字太小,放大,大字
打字,语音,手写,拼音,说话
不会,弄不明白,不懂,看不懂,不知道怎么,搞不懂
国外,海外,国际,美国,加拿大,英国,日本,香港,台湾
农村,乡下,偏远,新疆,西藏,村里,镇上,山区
上楼,家门口,楼上,送上门,送到家
加急,着急,急用,快点,赶紧,优先
实体店,门店,店里,你们店,你们的店
上班,下班,营业,几点,休息
周末,节假日,星期天,礼拜天,过年
续费,连续包月,自动扣费,每个月
广告,推销,推广,推送,骚扰
个人信息,隐私,泄露,我的信息
进度,哪一步,审核,状态
没更新,不更新,不动,没动静,卡在,停在,停滞
正品,真货,假货,真假,防伪
材料,材质,面料,成分,做的
说明书,教程,使用方法,说明
批发,大量,采购,很多件
拼团,拼单,成团,一起拼
评价,评论,好评,追评
以旧换新,旧家电,回收,旧的,旧冰箱,旧手机
分期,每月还,手续费
货到付款,到付,现金
return,returned,returning,returns,send back,send it back,sent back
refund,refunded,refunds,money back
parcel,package,packet,shipment,box
ship,shipped,ships,dispatch,dispatched,sent
deliver,delivered,delivering,delivers,delivery
courier,carrier,driver,delivery man,delivery person
postage,shipping fee,delivery fee,shipping cost,free shipping,free delivery
how much,cost,costs,fee,fees,charged
how long,when,how many days,how soon
where,which page,find
cancel,cancelled,stop,unsubscribe,turn off,switch off
change,edit,update,modify,correct
wrong,mistake,incorrect,error
broken,broke,damaged,faulty,defective,smashed,crushed,torn
missing,incomplete,forgot to send,disappeared,gone
log in,login,sign in,signed in,logged in
register,sign up,create an account,new account
coupon,coupons,voucher,vouchers,discount code
discount,discounts,promotion,promotions,cheaper,deal,deals
pay,paid,paying,payment,payments
instalment,instalments,installments,monthly payments,later
son,daughter,family,relative,child
scam,scammed,cheated,fraud,fraudster,tricked
hacked,stolen,hijacked,somebody else,someone else
abroad,overseas,international,canada,united states
remote,countryside,village,villages,town,region,regions,area
door,upstairs,lift,doorstep,home
urgent,urgently,hurry,express,faster,rush,quickly
store,stores,showroom,located,location
hours,open,weekend,holidays,holiday
auto renew,renewal,renewed,subscription,recurring,every month
ads,advertising,promotional,marketing,spam
privacy,personal data,personal information,my data
progress,status,approved,review
genuine,authentic,authenticity,fake,counterfeit
material,ingredients,composition,made of
manual,instructions,guide
wholesale,bulk,large quantities,hundred
exchange,swap,exchanged
repair,repaired,fix,technician
warranty,guarantee,guaranteed
install,installation,installer,installs
stock,sold out,available,restock
gift,present,wrap,greeting card
bigger,enlarge,small,large print,font,eyes
type,typing,voice,speak,keyboard,handwriting
expired,expire,expires,expiry,valid,shelf life,best before
complain,complaint,complaints,unhappy
stuck,not moving,not updated,stopped updating
rude,shouted,attitude,impolite
delete,remove,close,deactivate
caller,called,pretending,call
points,reward
`

// maxConceptRunes and maxConceptWords bound the search for a concept at one place.
const (
	maxConceptRunes = 5
	maxConceptWords = 3
)

// concept maps a word to the grams of the lines of concepts that have it.
var concept = index(concepts)

func index(lines string) map[string][]gram {
	m := map[string][]gram{}
	for n, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		g := meaning.gram(mix(0, uint64(n)))
		for w := range strings.SplitSeq(line, ",") {
			m[w] = append(m[w], g)
		}
	}
	return m
}

// meanings appends the concepts of all words and phrases in a normalised sentence. Chinese words may
// begin at any character, others only where the word begins.
func meanings(dst []gram, text string) []gram {
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if dense(r) {
			dst = denseMeanings(dst, text[i:])
			i += size
			continue
		}
		dst = wordMeanings(dst, text[i:])
		i += wordEnd(text[i:])
		for i < len(text) && text[i] == ' ' {
			i++
		}
	}
	return dst
}

// denseMeanings appends the concepts of the words that text begins with.
func denseMeanings(dst []gram, text string) []gram {
	end := 0
	for range maxConceptRunes {
		if end == len(text) {
			break
		}
		end += firstRune(text[end:])
		dst = append(dst, concept[text[:end]]...)
	}
	return dst
}

// wordMeanings appends the concepts of the phrases that text begins with.
func wordMeanings(dst []gram, text string) []gram {
	end := 0
	for range maxConceptWords {
		end += wordEnd(text[end:])
		dst = append(dst, concept[text[:end]]...)
		if end == len(text) || text[end] != ' ' {
			break
		}
		end++
	}
	return dst
}

// wordEnd returns the length of the first word of text, which ends at a space or a dense character.
func wordEnd(text string) int {
	for i, r := range text {
		if r == ' ' || dense(r) {
			return i
		}
	}
	return len(text)
}
