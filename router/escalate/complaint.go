package escalate

// complaintWords tell of a complaint about the service, or of an appeal against what was decided. A
// person must hear both; the law lets who appeals ask for a human decision.
var complaintWords = []entry{
	{lodging, "我要投诉|要投诉|想投诉|投诉你们|投诉你|投诉客服|投诉商家|投诉卖家|投诉店铺|怎么投诉|如何投诉|去投诉|去哪投诉|在哪投诉|哪里投诉|投诉部门|投诉电话|我投诉|进行投诉|提交投诉|投诉快递|投诉无门|客诉|我要客诉|我要差评|给你差评|给差评|我要举报|举报你们|举报商家|检举"},
	{lodging, "我要申诉|申诉|要申诉|想申诉|怎么申诉|提出申诉|提起申诉|账号申诉|申诉失败|复议|异议|人工复核|重新审核|凭什么封|凭什么扣|凭什么冻结|凭什么拒绝|不服|不认可|不合理的决定"},
	{lodging, "消费者协会|消协|消基会|消保官|公平会|工商局|工商投诉|市场监管|监管局|银保监|银监会|金管会|人民银行投诉|工信部|12315|12345|12378|12300|1950|黑猫投诉|打官司|起诉你们|起诉|告你们|告你|法院见|律师函|找律师|请律师|维权|仲裁|曝光你们|曝光|上新闻|找媒体|找记者|爆料|赔偿我|要求赔偿|要赔偿|索赔|要个说法|给个说法|给我个说法|给我一个说法|讨个说法|讨回公道"},
	{grieving, "投诉|举报|赔偿|申请赔偿|差评|律师|法院"},
	{lodging, "file a complaint|make a complaint|lodge a complaint|submit a complaint|raise a complaint|register a complaint|log a complaint|formal complaint|official complaint|complaint about|complain about|complain to|want to complain|like to complain|going to complain|wish to complain|have a complaint|my complaint|complaints department|complaints team|complaint department|complaints procedure|report you|report your company|leave a bad review|bad review|one star"},
	{lodging, "i want to appeal|want to appeal|like to appeal|appeal this|appeal against|appeal the|appeal my|how to appeal|make an appeal|file an appeal|submit an appeal|my appeal|can i appeal|reconsider|reverse the decision|reverse this decision|review the decision|review this decision|review your decision|unfair decision|contest the decision|contest this|challenge the decision|disagree with the decision|disagree with your decision|escalate this|escalate my|escalate the|escalate it"},
	{lodging, "ombudsman|trading standards|better business bureau|bbb|consumer protection|consumer council|consumer rights|consumer court|financial conduct authority|cfpb|my lawyer|my attorney|my solicitor|a lawyer|legal action|sue you|will sue|going to sue|gonna sue|want to sue|take you to court|see you in court|small claims|demand compensation|want compensation|compensate me|demand a refund|go to the press|go public|post this on|all over social media"},
	{grieving, "complaint|complaints|complain|appeal|compensation|lawyer|attorney"},
}
