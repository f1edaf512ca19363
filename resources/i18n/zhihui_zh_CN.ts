<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>ActionBar</name>
    <message numerus="yes">
        <source>%n more …</source>
        <translation>
            <numerusform>另有 %n 项…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Alike</name>
    <message>
        <source>near</source>
        <translation>位置相近</translation>
    </message>
    <message>
        <source>same class</source>
        <translation>类别相同</translation>
    </message>
    <message>
        <source>same words</source>
        <translation>内容相近</translation>
    </message>
    <message>
        <source>same photo</source>
        <translation>照片相同</translation>
    </message>
</context>
<context>
    <name>AlikeSection</name>
    <message>
        <source>Could be the same</source>
        <translation>疑似重复</translation>
    </message>
    <message>
        <source>{key} and the number merges</source>
        <translation>{key} 加序号并案</translation>
    </message>
    <message>
        <source>Merged into this</source>
        <translation>并入本案</translation>
    </message>
    <message>
        <source>Split off this</source>
        <translation>由本案拆出</translation>
    </message>
    <message>
        <source>{n} min apart</source>
        <translation>相隔 {n} 分钟</translation>
    </message>
    <message>
        <source>{n} h apart</source>
        <translation>相隔 {n} 小时</translation>
    </message>
</context>
<context>
    <name>Asker</name>
    <message>
        <source>Answer</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>A number chooses, Enter takes the first, Esc leaves all as it is</source>
        <translation>按数字选择，回车取第一项，Esc 不作改动</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms, Esc leaves everything as it is</source>
        <translation>Ctrl+Enter 确认，Esc 不作任何更改</translation>
    </message>
    <message>
        <source>A number sends, ↑ ↓ put a line into the field, Enter sends, Esc leaves</source>
        <translation>按数字直接提交，↑ ↓ 填入后可修改，回车提交，Esc 取消</translation>
    </message>
    <message>
        <source>Enter sends, Esc leaves everything as it is</source>
        <translation>Enter 提交，Esc 不作任何更改</translation>
    </message>
</context>
<context>
    <name>Button</name>
    <message>
        <source>Accept, next</source>
        <translation>采纳，下一案</translation>
    </message>
    <message>
        <source>Accept, stay</source>
        <translation>采纳，停留</translation>
    </message>
    <message>
        <source>File</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>Nearest</source>
        <translation>最近队员</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>不予立案</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>并案</translation>
    </message>
    <message>
        <source>Unmerge</source>
        <translation>撤销并案</translation>
    </message>
    <message>
        <source>Verify</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核查</translation>
    </message>
    <message>
        <source>Rework</source>
        <translation>返工</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>即办</translation>
    </message>
    <message>
        <source>Suspend</source>
        <translation>挂账</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Supervise</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Reply</source>
        <translation>答复</translation>
    </message>
    <message>
        <source>Claim</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Release</source>
        <translation>释放</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接管</translation>
    </message>
    <message>
        <source>Take on</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Return</source>
        <translation>退回</translation>
    </message>
    <message>
        <source>Supplement</source>
        <translation>补充</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>属实</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>拆分</translation>
    </message>
    <message>
        <source>Move report</source>
        <translation>转移上报</translation>
    </message>
    <message>
        <source>Assist</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>指派</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Take</source>
        <translation>接单</translation>
    </message>
    <message>
        <source>Decline</source>
        <translation>退单</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Uncheck</source>
        <translation>撤销核查</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>Ask for time</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Extend</source>
        <translation>批准延期</translation>
    </message>
    <message>
        <source>Refuse time</source>
        <translation>不批延期</translation>
    </message>
    <message>
        <source>End supervision</source>
        <translation>解除督办</translation>
    </message>
    <message>
        <source>Force</source>
        <translation>强制结案</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>Archive</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Transfer</source>
        <translation>移交</translation>
    </message>
    <message>
        <source>Take back</source>
        <translation>移交退回</translation>
    </message>
    <message>
        <source>Appeal</source>
        <translation>申诉</translation>
    </message>
    <message>
        <source>Decide</source>
        <translation>审核</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>满意度</translation>
    </message>
</context>
<context>
    <name>CallState</name>
    <message>
        <source>asked</source>
        <translation>已请求</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>正在接通</translation>
    </message>
    <message>
        <source>speaking</source>
        <translation>正在播放</translation>
    </message>
    <message>
        <source>spoken</source>
        <translation>已播放</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>失败</translation>
    </message>
</context>
<context>
    <name>CaseCounter</name>
    <message>
        <source>{command}: {n} cases are being worked …</source>
        <translation>{command}：正在处理 {n} 件…</translation>
    </message>
    <message>
        <source>{command}: {n} cases done</source>
        <translation>{command}：已完成 {n} 件</translation>
    </message>
    <message>
        <source>Refused, still picked:</source>
        <translation>未通过，仍保持选中：</translation>
    </message>
    <message>
        <source>There is nothing to choose from</source>
        <translation>没有可选项</translation>
    </message>
    <message numerus="yes">
        <source>%n cases</source>
        <translation>
            <numerusform>%n 件</numerusform>
        </translation>
    </message>
    <message>
        <source>Not understood: {text}</source>
        <translation>无法识别：{text}</translation>
    </message>
</context>
<context>
    <name>CasePane</name>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>What can be done</source>
        <translation>可执行的操作</translation>
    </message>
    <message>
        <source>No case is selected</source>
        <translation>未选中案件</translation>
    </message>
</context>
<context>
    <name>Chart</name>
    <message>
        <source>Fixes a second</source>
        <translation>每秒定位数</translation>
    </message>
    <message>
        <source>Commits a minute</source>
        <translation>每分钟提交数</translation>
    </message>
    <message>
        <source>Hub&apos;s loop lag, ms</source>
        <translation>中枢延迟（毫秒）</translation>
    </message>
    <message>
        <source>Late frames here, %</source>
        <translation>本席迟到帧（%）</translation>
    </message>
</context>
<context>
    <name>Chat</name>
    <message>
        <source>Out of a chat group</source>
        <translation>群消息登记</translation>
    </message>
    <message>
        <source>Group</source>
        <translation>群名</translation>
    </message>
    <message>
        <source>Where, if a message does not say</source>
        <translation>默认地点（消息未写明时）</translation>
    </message>
    <message>
        <source>Messages and pictures (Ctrl+V)</source>
        <translation>消息和图片（Ctrl+V 粘贴）</translation>
    </message>
    <message>
        <source>Ctrl+Enter shows how it is read, Space leaves a message out, Ctrl+Enter again takes it; Esc keeps it for later</source>
        <translation>Ctrl+Enter 预览，空格取舍，再按 Ctrl+Enter 提交；Esc 暂存</translation>
    </message>
    <message>
        <source>Sending a picture…</source>
        <translation>正在上传图片…</translation>
    </message>
    <message numerus="yes">
        <source>%n picture(s)</source>
        <translation>
            <numerusform>%n 张图片</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n message(s) read</source>
        <translation>
            <numerusform>识别出 %n 条消息</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) to go…</source>
        <translation>
            <numerusform>还剩 %n 条…</numerusform>
        </translation>
    </message>
    <message>
        <source>These were not taken: say where it was</source>
        <translation>以下消息未登记：请补充地点</translation>
    </message>
</context>
<context>
    <name>Choice</name>
    <message>
        <source>Acceptance</source>
        <translation>受理</translation>
    </message>
    <message>
        <source>Verification</source>
        <translation>核实</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>Arrival</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Handling</source>
        <translation>处置</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核查</translation>
    </message>
    <message>
        <source>Closing</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>In all</source>
        <translation>全程</translation>
    </message>
    <message>
        <source>{n} m</source>
        <translation>{n} 米</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>The centre</source>
        <translation>指挥中心</translation>
    </message>
    <message>
        <source>The bureau</source>
        <translation>局</translation>
    </message>
    <message>
        <source>The government</source>
        <translation>政府</translation>
    </message>
    <message>
        <source>Raised</source>
        <translation>较高</translation>
    </message>
    <message>
        <source>Urgent</source>
        <translation>紧急</translation>
    </message>
    <message>
        <source>Danger to people</source>
        <translation>危及人身安全</translation>
    </message>
    <message>
        <source>Ordinary</source>
        <translation>一般</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>满意</translation>
    </message>
    <message>
        <source>Fairly content</source>
        <translation>基本满意</translation>
    </message>
    <message>
        <source>Not content</source>
        <translation>不满意</translation>
    </message>
    <message>
        <source>Upheld: the lateness is not counted</source>
        <translation>申诉成立：不计超时</translation>
    </message>
    <message>
        <source>Denied: the lateness stands</source>
        <translation>申诉不成立：维持超时</translation>
    </message>
    <message>
        <source>Do it</source>
        <translation>执行</translation>
    </message>
</context>
<context>
    <name>ClassPicker</name>
    <message>
        <source>Class: code, words or pinyin initials</source>
        <translation>类别：代码、文字或拼音首字母</translation>
    </message>
    <message>
        <source>{} (component)</source>
        <translation>{}（部件）</translation>
    </message>
</context>
<context>
    <name>Clock</name>
    <message>
        <source>{hours} h {minutes:02} m</source>
        <translation>{hours}时{minutes:02}分</translation>
    </message>
    <message>
        <source>{days} d {hours} h</source>
        <translation>{days}天{hours}时</translation>
    </message>
</context>
<context>
    <name>ClockTable</name>
    <message>
        <source>Clocks</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Provisional ≈</source>
        <translation>暂定 ≈</translation>
    </message>
    <message>
        <source>late by {time}</source>
        <translation>超时 {time}</translation>
    </message>
    <message>
        <source>in {time}</source>
        <translation>用时 {time}</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>剩 {time}</translation>
    </message>
</context>
<context>
    <name>Command</name>
    <message>
        <source>File the case</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Settle at once, without sending anybody</source>
        <translation>当场办结，不派人</translation>
    </message>
    <message>
        <source>Recall the last step</source>
        <translation>撤回上一步</translation>
    </message>
    <message>
        <source>Check: it is settled</source>
        <translation>核查：已解决</translation>
    </message>
    <message>
        <source>What was said stays in the history; say more</source>
        <translation>已写入办理记录，不可撤销；可继续补充</translation>
    </message>
    <message>
        <source>The unit has already been sent back</source>
        <translation>已通知返工</translation>
    </message>
    <message>
        <source>What was done in the street cannot be undone here</source>
        <translation>现场已办的事不能在此撤销</translation>
    </message>
    <message>
        <source>It waits for a decision, which ends it</source>
        <translation>已提交，等待裁定</translation>
    </message>
    <message>
        <source>A decision stands; write a note</source>
        <translation>决定不可撤销；可写备注</translation>
    </message>
    <message>
        <source>A case that lives again is ended by working it</source>
        <translation>恢复办理的案件须照常办结</translation>
    </message>
    <message>
        <source>Claim it again</source>
        <translation>可重新认领</translation>
    </message>
    <message>
        <source>Accept the proposal: send, go to the next case</source>
        <translation>采纳建议：派遣，转到下一案</translation>
    </message>
    <message>
        <source>Accept the proposal, stay with the case</source>
        <translation>采纳建议，停留在本案</translation>
    </message>
    <message>
        <source>Dispatch: choose whom to send</source>
        <translation>派遣：选择力量或部门</translation>
    </message>
    <message>
        <source>List the nearest officers, send one</source>
        <translation>列出最近的队员并派遣</translation>
    </message>
    <message>
        <source>Reject: no case is made of it</source>
        <translation>不予立案</translation>
    </message>
    <message>
        <source>Merge into another case</source>
        <translation>并入另一案</translation>
    </message>
    <message>
        <source>Take the merging back</source>
        <translation>撤销并案</translation>
    </message>
    <message>
        <source>Have it verified before filing</source>
        <translation>立案前核实</translation>
    </message>
    <message>
        <source>Rework: send the unit back</source>
        <translation>返工：退回重新处置</translation>
    </message>
    <message>
        <source>Suspend: its clocks stand</source>
        <translation>挂账：暂停计时</translation>
    </message>
    <message>
        <source>Set the priority</source>
        <translation>设定优先级</translation>
    </message>
    <message>
        <source>Supervise</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Answer the reporter</source>
        <translation>回复上报人</translation>
    </message>
    <message>
        <source>Claim the case for this seat</source>
        <translation>认领本案</translation>
    </message>
    <message>
        <source>Release the case</source>
        <translation>释放本案</translation>
    </message>
    <message>
        <source>Take the case over from another seat</source>
        <translation>接管他席的案件</translation>
    </message>
    <message>
        <source>Take it on, decide later</source>
        <translation>受理，稍后处理</translation>
    </message>
    <message>
        <source>Return to the reporter for what is missing</source>
        <translation>退回上报人补充</translation>
    </message>
    <message>
        <source>Add what was missing</source>
        <translation>补充缺少的内容</translation>
    </message>
    <message>
        <source>Verified: it is so</source>
        <translation>核实属实</translation>
    </message>
    <message>
        <source>Correct the place</source>
        <translation>更正位置</translation>
    </message>
    <message>
        <source>Split: make a case of some reports</source>
        <translation>拆案：部分上报另立一案</translation>
    </message>
    <message>
        <source>Move one report to another case</source>
        <translation>将一条上报移到另一案</translation>
    </message>
    <message>
        <source>Joint dispatch: name an assisting unit</source>
        <translation>联勤联动：指定协办单位</translation>
    </message>
    <message>
        <source>Assign an officer to it</source>
        <translation>指派队员</translation>
    </message>
    <message>
        <source>Take the task on</source>
        <translation>接单</translation>
    </message>
    <message>
        <source>Decline the task</source>
        <translation>退单</translation>
    </message>
    <message>
        <source>Arrived on site</source>
        <translation>已到场</translation>
    </message>
    <message>
        <source>Report that it is done</source>
        <translation>反馈处置结果</translation>
    </message>
    <message>
        <source>Take the check back</source>
        <translation>撤回核查</translation>
    </message>
    <message>
        <source>Archive the case</source>
        <translation>归档</translation>
    </message>
    <message>
        <source>Transfer to another platform</source>
        <translation>移交其他平台</translation>
    </message>
    <message>
        <source>Take it back from the other platform</source>
        <translation>从其他平台收回</translation>
    </message>
    <message>
        <source>Appeal against a recorded lateness</source>
        <translation>对超时记录申诉</translation>
    </message>
    <message>
        <source>Decide on an appeal</source>
        <translation>裁定申诉</translation>
    </message>
    <message>
        <source>Note how content the reporter is</source>
        <translation>登记上报人满意度</translation>
    </message>
    <message>
        <source>Close the case</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Resume: its clocks run again</source>
        <translation>恢复：继续计时</translation>
    </message>
    <message>
        <source>Ask for more time</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>Give more time</source>
        <translation>批准延期</translation>
    </message>
    <message>
        <source>Refuse more time</source>
        <translation>不准延期</translation>
    </message>
    <message>
        <source>End the supervision</source>
        <translation>解除督办</translation>
    </message>
    <message>
        <source>Force the closing, as the leader</source>
        <translation>强制结案（领导）</translation>
    </message>
    <message>
        <source>Reopen the case</source>
        <translation>重新办理</translation>
    </message>
    <message>
        <source>Write a note</source>
        <translation>写备注</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>Show the case on the map</source>
        <translation>在地图上定位案件</translation>
    </message>
    <message>
        <source>Show the nearest cameras on the wall</source>
        <translation>在监控墙显示最近的摄像机</translation>
    </message>
    <message>
        <source>Move the map left</source>
        <translation>地图左移</translation>
    </message>
    <message>
        <source>Move the map right</source>
        <translation>地图右移</translation>
    </message>
    <message>
        <source>Move the map up</source>
        <translation>地图上移</translation>
    </message>
    <message>
        <source>Move the map down</source>
        <translation>地图下移</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>放大</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>缩小</translation>
    </message>
    <message>
        <source>Show the whole town</source>
        <translation>显示全域</translation>
    </message>
    <message>
        <source>Next unit, from the nearest</source>
        <translation>下一力量（由近及远）</translation>
    </message>
    <message>
        <source>Previous unit</source>
        <translation>上一力量</translation>
    </message>
    <message>
        <source>Next case on the map</source>
        <translation>地图上的下一案</translation>
    </message>
    <message>
        <source>Previous case on the map</source>
        <translation>地图上的上一案</translation>
    </message>
    <message>
        <source>Choose what is in the middle of the map</source>
        <translation>选中地图中心的对象</translation>
    </message>
    <message>
        <source>List the nearest units</source>
        <translation>列出最近的力量</translation>
    </message>
    <message>
        <source>List the layers of the map</source>
        <translation>列出图层</translation>
    </message>
    <message>
        <source>Close the cards on the map</source>
        <translation>关闭地图卡片</translation>
    </message>
    <message>
        <source>Show or hide units</source>
        <translation>显示／隐藏力量</translation>
    </message>
    <message>
        <source>Show or hide cases</source>
        <translation>显示／隐藏案件</translation>
    </message>
    <message>
        <source>Show or hide cameras</source>
        <translation>显示／隐藏摄像机</translation>
    </message>
    <message>
        <source>Show or hide loudspeakers</source>
        <translation>显示／隐藏音柱</translation>
    </message>
    <message>
        <source>Show or hide management grids</source>
        <translation>显示／隐藏管理网格</translation>
    </message>
    <message>
        <source>Show or hide zones</source>
        <translation>显示／隐藏区域</translation>
    </message>
    <message>
        <source>Show or hide names of places</source>
        <translation>显示／隐藏地名</translation>
    </message>
    <message>
        <source>Next case</source>
        <translation>下一案</translation>
    </message>
    <message>
        <source>Previous case</source>
        <translation>上一案</translation>
    </message>
    <message>
        <source>One page of cases down</source>
        <translation>向下一页</translation>
    </message>
    <message>
        <source>One page of cases up</source>
        <translation>向上一页</translation>
    </message>
    <message>
        <source>Next urgent case</source>
        <translation>下一紧急案件</translation>
    </message>
    <message>
        <source>Previous urgent case</source>
        <translation>上一紧急案件</translation>
    </message>
    <message>
        <source>First case</source>
        <translation>第一案</translation>
    </message>
    <message>
        <source>Last case</source>
        <translation>最后一案</translation>
    </message>
    <message>
        <source>Open the case beside the queue</source>
        <translation>打开案件详情</translation>
    </message>
    <message>
        <source>Filter the queue</source>
        <translation>筛选案件</translation>
    </message>
    <message>
        <source>Facets of the queue: how many of what, to filter by</source>
        <translation>队列分面：各有多少，按此筛选</translation>
    </message>
    <message>
        <source>Sort the queue another way</source>
        <translation>换一种排序</translation>
    </message>
    <message>
        <source>Next view of the queue</source>
        <translation>下一视图</translation>
    </message>
    <message>
        <source>Previous view of the queue</source>
        <translation>上一视图</translation>
    </message>
    <message>
        <source>Save this view under a number</source>
        <translation>把当前视图存到数字键</translation>
    </message>
    <message>
        <source>Forget the saved view that is shown</source>
        <translation>删除当前的已存视图</translation>
    </message>
    <message>
        <source>Pick the case, or let it go</source>
        <translation>勾选或取消勾选本案</translation>
    </message>
    <message>
        <source>Pick all cases from the one picked last</source>
        <translation>从上次勾选处连选到此</translation>
    </message>
    <message>
        <source>Pick all cases at hand</source>
        <translation>勾选当前全部案件</translation>
    </message>
    <message>
        <source>Let picked cases go, else drop the filter</source>
        <translation>取消勾选；没有勾选时清除筛选</translation>
    </message>
    <message>
        <source>Saved view 1</source>
        <translation>已存视图 1</translation>
    </message>
    <message>
        <source>Saved view 2</source>
        <translation>已存视图 2</translation>
    </message>
    <message>
        <source>Saved view 3</source>
        <translation>已存视图 3</translation>
    </message>
    <message>
        <source>Saved view 4</source>
        <translation>已存视图 4</translation>
    </message>
    <message>
        <source>Saved view 5</source>
        <translation>已存视图 5</translation>
    </message>
    <message>
        <source>Saved view 6</source>
        <translation>已存视图 6</translation>
    </message>
    <message>
        <source>Saved view 7</source>
        <translation>已存视图 7</translation>
    </message>
    <message>
        <source>Saved view 8</source>
        <translation>已存视图 8</translation>
    </message>
    <message>
        <source>Saved view 9</source>
        <translation>已存视图 9</translation>
    </message>
    <message>
        <source>Go to the queue</source>
        <translation>转到案件队列</translation>
    </message>
    <message>
        <source>Go to the camera wall</source>
        <translation>转到监控墙</translation>
    </message>
    <message>
        <source>Go to the map</source>
        <translation>转到地图</translation>
    </message>
    <message>
        <source>Go to the case</source>
        <translation>转到案件详情</translation>
    </message>
    <message>
        <source>Go to the loudspeakers</source>
        <translation>转到喊话</translation>
    </message>
    <message>
        <source>Go to the state of health</source>
        <translation>转到运行状态</translation>
    </message>
    <message>
        <source>Go to joint work</source>
        <translation>转到督办</translation>
    </message>
    <message>
        <source>Read the manual</source>
        <translation>阅读手册</translation>
    </message>
    <message>
        <source>Find a command, a case, a camera, a street</source>
        <translation>查找命令、案件、摄像机、街道</translation>
    </message>
    <message>
        <source>Show all keys</source>
        <translation>显示全部按键</translation>
    </message>
    <message>
        <source>Show what was done here</source>
        <translation>显示操作记录</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Give the pane the whole window</source>
        <translation>当前面板占满窗口</translation>
    </message>
    <message>
        <source>Put the panes back in order</source>
        <translation>恢复默认布局</translation>
    </message>
    <message>
        <source>Day or night</source>
        <translation>日间／夜间</translation>
    </message>
    <message>
        <source>Chinese or English</source>
        <translation>中文／英文</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Lock the seat</source>
        <translation>锁定席位</translation>
    </message>
    <message>
        <source>Sign out, for the next officer</source>
        <translation>退出登录，换人</translation>
    </message>
    <message>
        <source>Leave the seat</source>
        <translation>退出</translation>
    </message>
    <message>
        <source>Spoken words cannot be taken back</source>
        <translation>喊出的话无法收回</translation>
    </message>
    <message>
        <source>Spoken warning 1</source>
        <translation>喊话 1</translation>
    </message>
    <message>
        <source>Spoken warning 2</source>
        <translation>喊话 2</translation>
    </message>
    <message>
        <source>Spoken warning 3</source>
        <translation>喊话 3</translation>
    </message>
    <message>
        <source>Spoken warning 4</source>
        <translation>喊话 4</translation>
    </message>
    <message>
        <source>Spoken warning 5</source>
        <translation>喊话 5</translation>
    </message>
    <message>
        <source>Spoken warning 6</source>
        <translation>喊话 6</translation>
    </message>
    <message>
        <source>Spoken warning 7</source>
        <translation>喊话 7</translation>
    </message>
    <message>
        <source>Spoken warning 8</source>
        <translation>喊话 8</translation>
    </message>
    <message>
        <source>Spoken warning 9</source>
        <translation>喊话 9</translation>
    </message>
    <message>
        <source>Silence the loudspeaker</source>
        <translation>停止播放</translation>
    </message>
    <message>
        <source>Talk to the street while held</source>
        <translation>按住向街面喊话</translation>
    </message>
    <message>
        <source>Speak own words</source>
        <translation>播放自拟内容</translation>
    </message>
    <message>
        <source>One camera</source>
        <translation>单画面</translation>
    </message>
    <message>
        <source>Four cameras</source>
        <translation>四画面</translation>
    </message>
    <message>
        <source>Nine cameras</source>
        <translation>九画面</translation>
    </message>
    <message>
        <source>Sixteen cameras</source>
        <translation>十六画面</translation>
    </message>
    <message>
        <source>Tile to the left</source>
        <translation>左侧画面</translation>
    </message>
    <message>
        <source>Tile to the right</source>
        <translation>右侧画面</translation>
    </message>
    <message>
        <source>Tile above</source>
        <translation>上方画面</translation>
    </message>
    <message>
        <source>Tile below</source>
        <translation>下方画面</translation>
    </message>
    <message>
        <source>Further cameras</source>
        <translation>后一组摄像机</translation>
    </message>
    <message>
        <source>Cameras before these</source>
        <translation>前一组摄像机</translation>
    </message>
    <message>
        <source>One camera large, and back</source>
        <translation>单画面放大／还原</translation>
    </message>
    <message>
        <source>Camera wall on the whole screen, and back</source>
        <translation>监控墙全屏／还原</translation>
    </message>
    <message>
        <source>Camera wall on the next monitor</source>
        <translation>监控墙移到下一显示器</translation>
    </message>
    <message>
        <source>Scroll the case down</source>
        <translation>案件详情下滚</translation>
    </message>
    <message>
        <source>Scroll the case up</source>
        <translation>案件详情上滚</translation>
    </message>
    <message>
        <source>One page of the case down</source>
        <translation>案件详情向下一页</translation>
    </message>
    <message>
        <source>One page of the case up</source>
        <translation>案件详情向上一页</translation>
    </message>
    <message>
        <source>Next picture of the case</source>
        <translation>案件的下一张图片</translation>
    </message>
    <message>
        <source>Previous picture of the case</source>
        <translation>案件的上一张图片</translation>
    </message>
    <message>
        <source>Look at the picture large</source>
        <translation>放大查看图片</translation>
    </message>
    <message>
        <source>Add to the campaign</source>
        <translation>加入专项</translation>
    </message>
    <message>
        <source>Take out of the campaign</source>
        <translation>移出专项</translation>
    </message>
    <message>
        <source>End the campaign</source>
        <translation>结束专项</translation>
    </message>
    <message>
        <source>Start a campaign</source>
        <translation>发起专项</translation>
    </message>
    <message>
        <source>Several cases at once</source>
        <translation>批量处理</translation>
    </message>
    <message>
        <source>Report what was seen or told</source>
        <translation>登记上报</translation>
    </message>
    <message>
        <source>Answer an order</source>
        <translation>答复督办单</translation>
    </message>
    <message>
        <source>Close an order</source>
        <translation>办结督办单</translation>
    </message>
    <message>
        <source>Issue an order</source>
        <translation>下发督办单</translation>
    </message>
    <message>
        <source>Confirm an order&apos;s receipt</source>
        <translation>签收督办单</translation>
    </message>
    <message>
        <source>Spoken warning</source>
        <translation>喊话</translation>
    </message>
    <message>
        <source>Change the class</source>
        <translation>更改类别</translation>
    </message>
    <message>
        <source>Make the case file</source>
        <translation>制作案件卷宗</translation>
    </message>
    <message>
        <source>Make the bulletin of this month</source>
        <translation>制作本月通报</translation>
    </message>
    <message>
        <source>Make the bulletin of the month before</source>
        <translation>制作上月通报</translation>
    </message>
    <message>
        <source>Learn classes from closed cases</source>
        <translation>从已结案件学习分类</translation>
    </message>
    <message>
        <source>What was learned is learned anew, not forgotten</source>
        <translation>学到的只会重新学习，不会撤回</translation>
    </message>
    <message>
        <source>Report what a caller tells</source>
        <translation>登记来电反映</translation>
    </message>
    <message>
        <source>Report what the chosen camera shows</source>
        <translation>上报所选摄像机画面</translation>
    </message>
    <message>
        <source>Report out of a chat group</source>
        <translation>登记群消息</translation>
    </message>
    <message>
        <source>Take a table of an assessment</source>
        <translation>导入测评问题表</translation>
    </message>
    <message>
        <source>Supervision orders</source>
        <translation>督查交办单</translation>
    </message>
    <message>
        <source>Early warnings</source>
        <translation>预警提示</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>专项行动</translation>
    </message>
    <message>
        <source>Supervision rounds</source>
        <translation>督查暗访</translation>
    </message>
    <message>
        <source>Persuasions and mediations</source>
        <translation>劝导与调解</translation>
    </message>
    <message>
        <source>Next line</source>
        <translation>下一行</translation>
    </message>
    <message>
        <source>Line before</source>
        <translation>上一行</translation>
    </message>
    <message>
        <source>Something new in this list</source>
        <translation>在此列表新建</translation>
    </message>
    <message>
        <source>Record a mediation</source>
        <translation>登记调解</translation>
    </message>
    <message>
        <source>Give the receipt</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Answer the order</source>
        <translation>反馈办理情况</translation>
    </message>
    <message>
        <source>Close it or end it</source>
        <translation>办结或结束</translation>
    </message>
    <message>
        <source>Count a piece, or add the selected case</source>
        <translation>登记成果，或加入所选案件</translation>
    </message>
    <message>
        <source>Go to its first case</source>
        <translation>打开其首个案件</translation>
    </message>
    <message>
        <source>Make it a paper</source>
        <translation>制成文件</translation>
    </message>
    <message>
        <source>Export the cases of this view as a table</source>
        <translation>把当前视图的案件导出为表格</translation>
    </message>
</context>
<context>
    <name>Deed</name>
    <message>
        <source>Reported</source>
        <translation>上报</translation>
    </message>
    <message>
        <source>Another report joined</source>
        <translation>并入另一上报</translation>
    </message>
    <message>
        <source>Taken on</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>Returned to the reporter</source>
        <translation>退回上报人</translation>
    </message>
    <message>
        <source>What was missing came</source>
        <translation>已补充</translation>
    </message>
    <message>
        <source>To be verified</source>
        <translation>要求核实</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>核实属实</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Rejected</source>
        <translation>不予立案</translation>
    </message>
    <message>
        <source>Class changed</source>
        <translation>更改类别</translation>
    </message>
    <message>
        <source>Place corrected</source>
        <translation>更正位置</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>调整优先级</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>已并案</translation>
    </message>
    <message>
        <source>Merging taken back</source>
        <translation>撤销并案</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>已拆分</translation>
    </message>
    <message>
        <source>Report moved</source>
        <translation>移动上报</translation>
    </message>
    <message>
        <source>Warned by loudspeaker</source>
        <translation>喊话警示</translation>
    </message>
    <message>
        <source>Settled at once</source>
        <translation>当场办结</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>Assisting</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>指派</translation>
    </message>
    <message>
        <source>Recalled</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Task taken on</source>
        <translation>接单</translation>
    </message>
    <message>
        <source>Task declined</source>
        <translation>已退单</translation>
    </message>
    <message>
        <source>Arrived</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>核查通过</translation>
    </message>
    <message>
        <source>Check taken back</source>
        <translation>撤回核查</translation>
    </message>
    <message>
        <source>Sent back to rework</source>
        <translation>返工</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>已挂账</translation>
    </message>
    <message>
        <source>Resumed</source>
        <translation>恢复</translation>
    </message>
    <message>
        <source>More time asked for</source>
        <translation>申请延期</translation>
    </message>
    <message>
        <source>More time given</source>
        <translation>批准延期</translation>
    </message>
    <message>
        <source>More time refused</source>
        <translation>不准延期</translation>
    </message>
    <message>
        <source>Supervised</source>
        <translation>已督办</translation>
    </message>
    <message>
        <source>Supervision ended</source>
        <translation>解除督办</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Closing forced</source>
        <translation>强制结案</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>重新办理</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>已移交</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>收回</translation>
    </message>
    <message>
        <source>Appealed</source>
        <translation>申诉</translation>
    </message>
    <message>
        <source>Appeal decided</source>
        <translation>申诉裁定</translation>
    </message>
    <message>
        <source>Reporter&apos;s word</source>
        <translation>上报人评价</translation>
    </message>
    <message>
        <source>Reporter answered</source>
        <translation>回复上报人</translation>
    </message>
    <message>
        <source>Claimed</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>Released</source>
        <translation>释放</translation>
    </message>
    <message>
        <source>Not in time</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>DeedLog</name>
    <message>
        <source>Command log</source>
        <translation>操作记录</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>On</source>
        <translation>对象</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>waiting for the hub</source>
        <translation>等待中枢确认</translation>
    </message>
    <message>
        <source>done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>possible (Z)</source>
        <translation>可撤销（Z）</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>Level</source>
        <translation>级别</translation>
    </message>
    <message>
        <source>Within</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Issue a supervision order</source>
        <translation>发督查交办单</translation>
    </message>
    <message>
        <source>Issue an early warning</source>
        <translation>发预警提示</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Counted in</source>
        <translation>计量单位</translation>
    </message>
    <message>
        <source>From (2026-01-31)</source>
        <translation>起（2026-01-31）</translation>
    </message>
    <message>
        <source>Until (2026-01-31)</source>
        <translation>止（2026-01-31）</translation>
    </message>
    <message>
        <source>Start a campaign</source>
        <translation>发起专项行动</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Start a round</source>
        <translation>发起督查</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>人次</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Count a persuasion</source>
        <translation>登记劝导</translation>
    </message>
    <message>
        <source>Parties, a comma between them</source>
        <translation>当事人（逗号分隔）</translation>
    </message>
    <message>
        <source>Matter</source>
        <translation>事由</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Agreement</source>
        <translation>协议内容</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Record a mediation</source>
        <translation>登记调解</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>What was done</source>
        <translation>办理情况</translation>
    </message>
    <message>
        <source>Photo before</source>
        <translation>整治前照片</translation>
    </message>
    <message>
        <source>Photo after</source>
        <translation>整治后照片</translation>
    </message>
    <message>
        <source>Close {number}</source>
        <translation>办结 {number}</translation>
    </message>
    <message>
        <source>End {title}</source>
        <translation>结束 {title}</translation>
    </message>
    <message>
        <source>Amount ({unit})</source>
        <translation>数量（{unit}）</translation>
    </message>
    <message>
        <source>{path} cannot be read</source>
        <translation>无法读取 {path}</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Cases, a comma between them</source>
        <translation>案件（逗号分隔）</translation>
    </message>
    <message>
        <source>Departments</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>District</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Nothing is left to be said here</source>
        <translation>没有待办的单位</translation>
    </message>
    <message>
        <source>Which department</source>
        <translation>哪个单位</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>{news}. Look, then {command} again</source>
        <translation>{news}。看过后再按一次“{command}”</translation>
    </message>
    <message>
        <source>{news}. {command} fits that as well and is done</source>
        <translation>{news}。“{command}”仍然适用，已办</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>已重做</translation>
    </message>
    <message>
        <source>Not possible now: {command}</source>
        <translation>现在不能执行：{command}</translation>
    </message>
</context>
<context>
    <name>Dock</name>
    <message>
        <source>Take out of the window, or put back</source>
        <translation>移出窗口／放回</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>隐藏</translation>
    </message>
</context>
<context>
    <name>Field</name>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>filing rule</source>
        <translation>立案条件</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>supervision</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>assisting units</source>
        <translation>协办单位</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>处置人员</translation>
    </message>
    <message>
        <source>in hand of</source>
        <translation>经手人</translation>
    </message>
    <message>
        <source>merged into</source>
        <translation>并入</translation>
    </message>
    <message>
        <source>suspended since</source>
        <translation>挂账起</translation>
    </message>
</context>
<context>
    <name>Figure</name>
    <message>
        <source>from the future</source>
        <translation>时间超前</translation>
    </message>
    <message>
        <source>bytes dropped</source>
        <translation>丢弃字节</translation>
    </message>
    <message>
        <source>cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>calls</source>
        <translation>呼叫</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>变更</translation>
    </message>
    <message>
        <source>clock ahead</source>
        <translation>时钟超前</translation>
    </message>
    <message>
        <source>commits</source>
        <translation>提交</translation>
    </message>
    <message>
        <source>connections</source>
        <translation>连接</translation>
    </message>
    <message>
        <source>dropped</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>examples</source>
        <translation>样本</translation>
    </message>
    <message>
        <source>failures</source>
        <translation>失败</translation>
    </message>
    <message>
        <source>longest frame</source>
        <translation>最长帧</translation>
    </message>
    <message>
        <source>late frames</source>
        <translation>迟帧</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>ignored</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>jumps</source>
        <translation>跳点</translation>
    </message>
    <message>
        <source>keeps</source>
        <translation>保留上限</translation>
    </message>
    <message>
        <source>kept</source>
        <translation>已保留</translation>
    </message>
    <message>
        <source>late</source>
        <translation>迟到</translation>
    </message>
    <message>
        <source>latest</source>
        <translation>最迟</translation>
    </message>
    <message>
        <source>late p99</source>
        <translation>迟滞 p99</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>loop lag</source>
        <translation>循环迟滞</translation>
    </message>
    <message>
        <source>mailbox</source>
        <translation>信箱</translation>
    </message>
    <message>
        <source>memory</source>
        <translation>内存</translation>
    </message>
    <message>
        <source>a second</source>
        <translation>每秒</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>pictures missing</source>
        <translation>缺图</translation>
    </message>
    <message>
        <source>problems</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝访问</translation>
    </message>
    <message>
        <source>right class</source>
        <translation>类别命中</translation>
    </message>
    <message>
        <source>seats</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>seats cut off</source>
        <translation>断开席位</translation>
    </message>
    <message>
        <source>number</source>
        <translation>序号</translation>
    </message>
    <message>
        <source>slowest</source>
        <translation>最慢</translation>
    </message>
    <message>
        <source>sources</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>starts</source>
        <translation>启动次数</translation>
    </message>
    <message>
        <source>stepped</source>
        <translation>跳变</translation>
    </message>
    <message>
        <source>strangers</source>
        <translation>未登记终端</translation>
    </message>
    <message>
        <source>taken</source>
        <translation>已接收</translation>
    </message>
    <message>
        <source>tasks acknowledged</source>
        <translation>任务已应答</translation>
    </message>
    <message>
        <source>tasks unanswered</source>
        <translation>任务未应答</translation>
    </message>
    <message>
        <source>tasks waiting</source>
        <translation>任务待应答</translation>
    </message>
    <message>
        <source>in all</source>
        <translation>总量</translation>
    </message>
    <message>
        <source>units</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>updates</source>
        <translation>更新</translation>
    </message>
    <message>
        <source>without a fix</source>
        <translation>无定位</translation>
    </message>
</context>
<context>
    <name>FilterLine</name>
    <message>
        <source>Words, or state: class: grid: late mine today …</source>
        <translation>输入文字，或 状态: 类别: 网格: 超时 我的 今天 …</translation>
    </message>
    <message>
        <source>Filter of the queue</source>
        <translation>队列筛选</translation>
    </message>
</context>
<context>
    <name>Finding</name>
    <message>
        <source>Command</source>
        <translation>命令</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>音柱</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Street</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>力量</translation>
    </message>
</context>
<context>
    <name>Form</name>
    <message>
        <source>That is no number</source>
        <translation>不是数字</translation>
    </message>
    <message>
        <source>{field} is needed</source>
        <translation>请填写{field}</translation>
    </message>
    <message>
        <source>Tab goes on, Ctrl+Enter sends, Esc leaves; * is needed</source>
        <translation>Tab 下一项，Ctrl+Enter 提交，Esc 放弃；带 * 必填</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>选择…</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message numerus="yes">
        <source>warned ×%n</source>
        <translation>
            <numerusform>已喊话 %n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>In all</source>
        <translation>全程</translation>
    </message>
</context>
<context>
    <name>HealthPane</name>
    <message>
        <source>Health</source>
        <translation>运行状态</translation>
    </message>
    <message>
        <source>Part</source>
        <translation>部分</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>起始</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>指标</translation>
    </message>
</context>
<context>
    <name>Hotline</name>
    <message>
        <source>Report from the telephone</source>
        <translation>来电登记</translation>
    </message>
    <message>
        <source>Caller</source>
        <translation>来电人</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Where (street or place)</source>
        <translation>地点（街路或场所）</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>反映内容</translation>
    </message>
    <message>
        <source>Class, if known</source>
        <translation>类别（可不填）</translation>
    </message>
    <message>
        <source>Tab goes on, Ctrl+Enter sends, Esc keeps it for later</source>
        <translation>Tab 下一项，Ctrl+Enter 提交，Esc 暂存</translation>
    </message>
</context>
<context>
    <name>HubNote</name>
    <message>
        <source>Picture of the camera&apos;s AI kept</source>
        <translation>已保存智能识别画面</translation>
    </message>
    <message>
        <source>The camera&apos;s AI sees it no more</source>
        <translation>智能识别：目标已离开</translation>
    </message>
    <message>
        <source>The camera&apos;s AI sees one less there</source>
        <translation>智能识别：现场目标减少一个</translation>
    </message>
    <message>
        <source>Accepted on the handset</source>
        <translation>队员已在手持终端接受任务</translation>
    </message>
    <message>
        <source>A paper went out and is kept</source>
        <translation>文书已发出并留存</translation>
    </message>
    <message>
        <source>The terminal has the task</source>
        <translation>终端已收到任务</translation>
    </message>
    <message>
        <source>The terminal does not answer; call the unit</source>
        <translation>终端无应答，请电话联系</translation>
    </message>
    <message>
        <source>A clock is running short</source>
        <translation>时限将至</translation>
    </message>
    <message>
        <source>The due moment moved with the calendar</source>
        <translation>时限随工作日历调整</translation>
    </message>
</context>
<context>
    <name>Intake</name>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>file</source>
        <translation>文件</translation>
    </message>
    <message>
        <source>group</source>
        <translation>群名</translation>
    </message>
    <message>
        <source>latitude</source>
        <translation>纬度</translation>
    </message>
    <message>
        <source>longitude</source>
        <translation>经度</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>words</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>缺失</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>无法识别</translation>
    </message>
    <message>
        <source>nothing in it</source>
        <translation>没有内容</translation>
    </message>
    <message>
        <source>lies in the future</source>
        <translation>时间在未来</translation>
    </message>
    <message>
        <source>lies outside of this town</source>
        <translation>不在本辖区</translation>
    </message>
    <message>
        <source>no picture that can be read</source>
        <translation>不是可识别的图片</translation>
    </message>
    <message>
        <source>too large</source>
        <translation>过大</translation>
    </message>
    <message>
        <source>neither UTF-8 nor GB 18030</source>
        <translation>编码既非 UTF-8 也非 GB 18030</translation>
    </message>
    <message>
        <source>no workbook that can be read</source>
        <translation>不是可识别的表格文件</translation>
    </message>
    <message>
        <source>no rows in it</source>
        <translation>没有数据行</translation>
    </message>
    <message>
        <source>has formulas: save their values</source>
        <translation>含公式：请另存为数值</translation>
    </message>
    <message>
        <source>has no column for it</source>
        <translation>缺少对应的列</translation>
    </message>
    <message>
        <source>neither CSV nor XLSX</source>
        <translation>既不是 CSV 也不是 XLSX</translation>
    </message>
    <message>
        <source>has too many rows</source>
        <translation>行数过多</translation>
    </message>
    <message>
        <source>columns do not fit</source>
        <translation>列不相符</translation>
    </message>
    <message>
        <source>too long</source>
        <translation>过长</translation>
    </message>
    <message>
        <source>more than a year ago</source>
        <translation>超过一年</translation>
    </message>
    <message>
        <source>no such class</source>
        <translation>没有这个类别</translation>
    </message>
    <message>
        <source>no street or place of this town</source>
        <translation>不是本辖区的街路或场所</translation>
    </message>
</context>
<context>
    <name>Joint</name>
    <message>
        <source>Before</source>
        <translation>整治前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>整治后</translation>
    </message>
    <message>
        <source>Supervision orders</source>
        <translation>督查交办单</translation>
    </message>
    <message>
        <source>Early warnings</source>
        <translation>预警提示</translation>
    </message>
    <message>
        <source>Campaigns</source>
        <translation>专项行动</translation>
    </message>
    <message>
        <source>Rounds</source>
        <translation>督查暗访</translation>
    </message>
    <message>
        <source>Persuasion, mediation</source>
        <translation>劝导、调解</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>文号</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>To</source>
        <translation>承办单位</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Issued</source>
        <translation>已发</translation>
    </message>
    <message>
        <source>Receipts</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Goal</source>
        <translation>目标</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>进度</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>截止</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Started</source>
        <translation>开始</translation>
    </message>
    <message>
        <source>Settled</source>
        <translation>已整改</translation>
    </message>
    <message>
        <source>Month</source>
        <translation>月份</translation>
    </message>
    <message>
        <source>What</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>District</source>
        <translation>片区</translation>
    </message>
    <message>
        <source>Records</source>
        <translation>记录</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Receipt</source>
        <translation>签收</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>未</translation>
    </message>
    <message>
        <source>written down by {name}</source>
        <translation>{name}代录</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Deadline</source>
        <translation>期限</translation>
    </message>
    <message>
        <source>Level {level}</source>
        <translation>{level}级</translation>
    </message>
    <message>
        <source>provisional</source>
        <translation>暂定</translation>
    </message>
    <message>
        <source>Received</source>
        <translation>已签收</translation>
    </message>
    <message>
        <source>Answered</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已办结</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>进行中</translation>
    </message>
    <message>
        <source>Ended</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>On-site supervision</source>
        <translation>现场督查</translation>
    </message>
    <message>
        <source>Spot check</source>
        <translation>暗访</translation>
    </message>
    <message>
        <source>Persuasion</source>
        <translation>劝导</translation>
    </message>
    <message>
        <source>Mediation</source>
        <translation>调解</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>达成协议</translation>
    </message>
    <message>
        <source>No agreement</source>
        <translation>未达成</translation>
    </message>
    <message>
        <source>Still open</source>
        <translation>调解中</translation>
    </message>
    <message>
        <source>{n} minutes</source>
        <translation>{n}分钟</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} urgent working hours</source>
        <translation>{n}紧急工作时</translation>
    </message>
    <message>
        <source>{n} working hours</source>
        <translation>{n}工作时</translation>
    </message>
    <message>
        <source>{n} working days</source>
        <translation>{n}个工作日</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
</context>
<context>
    <name>JointPane</name>
    <message>
        <source>Joint work</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>{number} came in: {title}</source>
        <translation>收到 {number}：{title}</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Find a key or a command</source>
        <translation>查找按键或命令</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
    </message>
    <message>
        <source>Letters find, Enter changes the key, Esc closes</source>
        <translation>输入字母查找，回车更改按键，Esc 关闭</translation>
    </message>
    <message>
        <source>{command}: press the new key. Backspace takes its key away, Delete gives back the first one, Esc leaves it</source>
        <translation>{command}：请按新键。Backspace 取消按键，Delete 恢复默认，Esc 不改</translation>
    </message>
    <message>
        <source>{key} belongs to: {command}</source>
        <translation>{key} 已用于：{command}</translation>
    </message>
    <message>
        <source>After {key}</source>
        <translation>按 {key} 之后</translation>
    </message>
</context>
<context>
    <name>Length</name>
    <message>
        <source>{} m</source>
        <translation>{} 米</translation>
    </message>
    <message>
        <source>{} km</source>
        <translation>{} 公里</translation>
    </message>
    <message>
        <source>{name}, {length}</source>
        <translation>{name}，{length}</translation>
    </message>
</context>
<context>
    <name>Limit</name>
    <message>
        <source>{n} minutes</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{n} urgent working hours</source>
        <translation>{n} 紧急工作时</translation>
    </message>
    <message>
        <source>{n} working hours</source>
        <translation>{n} 工作时</translation>
    </message>
    <message>
        <source>{n} working days</source>
        <translation>{n} 个工作日</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 个自然日</translation>
    </message>
</context>
<context>
    <name>Lock</name>
    <message>
        <source>The session ended. Sign in to go on where you were</source>
        <translation>登录已到期。重新登录，接着刚才的地方继续</translation>
    </message>
    <message>
        <source>Locked. This seat has no password: press any key</source>
        <translation>已锁定。本席位没有密码：按任意键解锁</translation>
    </message>
    <message>
        <source>Locked by {who}</source>
        <translation>由{who}锁定</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Unlock</source>
        <translation>解锁</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>LoginDialog</name>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Hub: {url}</source>
        <translation>中枢：{url}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>账号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>ManualPane</name>
    <message>
        <source>Manual</source>
        <translation>手册</translation>
    </message>
</context>
<context>
    <name>Many</name>
    <message numerus="yes">
        <source>%n row(s) cannot be taken, so nothing is: mend them first</source>
        <translation>
            <numerusform>%n 行有误，全部未导入：请先修改</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) taken</source>
        <translation>
            <numerusform>已登记 %n 条</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n of them joined an open case</source>
        <translation>
            <numerusform>，其中 %n 条并入在办案件</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>, %n had been taken before</source>
        <translation>
            <numerusform>，%n 条此前已登记</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Map</name>
    <message>
        <source>Units</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Cases</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Loudspeakers</source>
        <translation>音柱</translation>
    </message>
    <message>
        <source>Management grids</source>
        <translation>管理网格</translation>
    </message>
    <message>
        <source>Zones</source>
        <translation>区域</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>on the way</source>
        <translation>途中</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>在场</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>不当班</translation>
    </message>
</context>
<context>
    <name>MapPane</name>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Map of the town</source>
        <translation>辖区地图</translation>
    </message>
    <message>
        <source>Base map of the hub, WGS-84</source>
        <translation>中枢底图，WGS-84</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>图层</translation>
    </message>
    <message>
        <source>Nearest units</source>
        <translation>最近的力量</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>案件队列</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>监控</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Loudspeakers</source>
        <translation>喊话</translation>
    </message>
    <message>
        <source>Joint work</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>Merging</name>
    <message>
        <source>{who} changed {case}: {what}</source>
        <translation>{who}修改了{case}：{what}</translation>
    </message>
    <message>
        <source>{case} was changed meanwhile: now {what}</source>
        <translation>{case}刚被修改：现在是{what}</translation>
    </message>
    <message>
        <source>Somebody</source>
        <translation>有人</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{who} has {case} in hand</source>
        <translation>{case}正由{who}办理</translation>
    </message>
</context>
<context>
    <name>NoUndo</name>
    <message>
        <source>A calendar is put right by importing it again.</source>
        <translation>日历有误请重新导入。</translation>
    </message>
    <message>
        <source>A decision on time is not taken back; decide anew.</source>
        <translation>延期决定不撤回；请重新决定。</translation>
    </message>
    <message>
        <source>A reopened case is closed again by working it.</source>
        <translation>重新办理的案件须再走流程后结案。</translation>
    </message>
    <message>
        <source>A reviewer&apos;s word stays.</source>
        <translation>评审意见不可撤回。</translation>
    </message>
    <message>
        <source>A task that was accepted is declined with a reason.</source>
        <translation>已接单的任务须说明理由退单。</translation>
    </message>
    <message>
        <source>A terminal that was let in is taken out of the register of units.</source>
        <translation>已接纳的终端须从力量登记中移除。</translation>
    </message>
    <message>
        <source>An appeal is decided by its reviewers.</source>
        <translation>申诉由评审人裁定。</translation>
    </message>
    <message>
        <source>Hand it on once more instead.</source>
        <translation>请重新移交。</translation>
    </message>
    <message>
        <source>He was on his way; send him once more.</source>
        <translation>他已在途中；请再次派遣。</translation>
    </message>
    <message>
        <source>History is only added to; write another note.</source>
        <translation>办理记录只增不改；请另写备注。</translation>
    </message>
    <message>
        <source>It joined a case of others; move the report out of it.</source>
        <translation>已并入他案；请将该上报移出。</translation>
    </message>
    <message>
        <source>Its time to stand still is over.</source>
        <translation>挂账时间已满。</translation>
    </message>
    <message>
        <source>Nothing was done.</source>
        <translation>未作任何改动。</translation>
    </message>
    <message>
        <source>Spoken words cannot be taken back.</source>
        <translation>喊出的话无法收回。</translation>
    </message>
    <message>
        <source>The case it lived on in is over.</source>
        <translation>所并入的案件已办结。</translation>
    </message>
    <message>
        <source>The desk sends somebody anew.</source>
        <translation>由指挥席重新派遣。</translation>
    </message>
    <message>
        <source>What a reporter adds stays; send it back again.</source>
        <translation>补充内容保留；可再次退回。</translation>
    </message>
    <message>
        <source>What has ended is begun anew as another one.</source>
        <translation>已结束的须另行发起。</translation>
    </message>
    <message>
        <source>What the field reports stays; send it back for rework.</source>
        <translation>现场反馈保留；可退回返工。</translation>
    </message>
    <message>
        <source>What the reporter said stays; ask again.</source>
        <translation>上报人评价保留；可再次回访。</translation>
    </message>
    <message>
        <source>What was asked for is granted or refused.</source>
        <translation>申请须予批准或不准。</translation>
    </message>
    <message>
        <source>What was learned is learned anew, not forgotten.</source>
        <translation>学习结果只能重新学习，不能撤销。</translation>
    </message>
    <message>
        <source>What was said to the reporter stays; write once more.</source>
        <translation>已回复的内容保留；可再次回复。</translation>
    </message>
    <message>
        <source>What was taken back is counted by entering it again.</source>
        <translation>已撤回的须重新登记。</translation>
    </message>
    <message>
        <source>What went out to departments is ended by another word to them.</source>
        <translation>已下发的文书须另行通知结束。</translation>
    </message>
    <message>
        <source>Where somebody was stays as it was told.</source>
        <translation>到场记录保留。</translation>
    </message>
    <message>
        <source>Whoever handles it was already sent back.</source>
        <translation>处置人已被退回返工。</translation>
    </message>
</context>
<context>
    <name>One</name>
    <message>
        <source>no such class</source>
        <translation>没有这个类别</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在提交…</translation>
    </message>
    <message>
        <source>The report joined case {case}</source>
        <translation>已并入案件 {case}</translation>
    </message>
    <message>
        <source>The report opened case {case}</source>
        <translation>已生成案件 {case}</translation>
    </message>
</context>
<context>
    <name>Page</name>
    <message>
        <source>Nothing here yet</source>
        <translation>这里还没有内容</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Command, case, camera, street, unit …</source>
        <translation>命令、案件、摄像机、街道、力量……</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查找结果</translation>
    </message>
</context>
<context>
    <name>Part</name>
    <message>
        <source>Hub</source>
        <translation>中枢</translation>
    </message>
    <message>
        <source>This seat</source>
        <translation>本席位</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>数据库</translation>
    </message>
    <message>
        <source>Change log</source>
        <translation>变更日志</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>基础数据</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>时钟</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>磁盘</translation>
    </message>
    <message>
        <source>Voice</source>
        <translation>喊话引擎</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>取图服务</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>Positions</source>
        <translation>定位</translation>
    </message>
    <message>
        <source>Terminals</source>
        <translation>终端</translation>
    </message>
    <message>
        <source>MQTT</source>
        <translation>MQTT</translation>
    </message>
    <message>
        <source>Intake</source>
        <translation>接入</translation>
    </message>
    <message>
        <source>Strangers</source>
        <translation>未登记终端</translation>
    </message>
    <message>
        <source>Proposals</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>nothing learned yet</source>
        <translation>尚未学习</translation>
    </message>
    <message>
        <source>too few closed cases to learn from</source>
        <translation>已结案件太少，无法学习</translation>
    </message>
    <message>
        <source>learning from closed cases</source>
        <translation>正在从已结案件学习</translation>
    </message>
    <message>
        <source>learned from closed cases</source>
        <translation>已从已结案件学习</translation>
    </message>
    <message>
        <source>Terminals (JT/T 808)</source>
        <translation>车载终端（JT/T 808）</translation>
    </message>
    <message>
        <source>Handsets (OsmAnd)</source>
        <translation>手持终端（OsmAnd）</translation>
    </message>
    <message>
        <source>Handsets (OwnTracks)</source>
        <translation>手持终端（OwnTracks）</translation>
    </message>
    <message>
        <source>Camera AI (Frigate)</source>
        <translation>智能识别（Frigate）</translation>
    </message>
    <message>
        <source>Sensors</source>
        <translation>传感器</translation>
    </message>
    <message>
        <source>Citizens (Open311)</source>
        <translation>市民上报（Open311）</translation>
    </message>
    <message>
        <source>Officers&apos; tasks</source>
        <translation>队员任务</translation>
    </message>
    <message>
        <source>Door {protocol}</source>
        <translation>接入 {protocol}</translation>
    </message>
    <message>
        <source>priority {priority}, voice {voice}</source>
        <translation>优先级 {priority}，语音 {voice}</translation>
    </message>
</context>
<context>
    <name>PartState</name>
    <message>
        <source>good</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>strained</source>
        <translation>紧张</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>off</source>
        <translation>停用</translation>
    </message>
</context>
<context>
    <name>Patrol</name>
    <message>
        <source>Seen on camera {camera}</source>
        <translation>视频巡查：{camera}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Words, if needed</source>
        <translation>说明（可不填）</translation>
    </message>
    <message>
        <source>A number or a class and Enter reports it with a picture; Esc leaves</source>
        <translation>数字或类别加回车即上报并附截图；Esc 离开</translation>
    </message>
</context>
<context>
    <name>Picker</name>
    <message>
        <source>Find</source>
        <translation>查找</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>查找结果</translation>
    </message>
    <message>
        <source>A number or Enter takes, letters or pinyin initials find, Esc leaves</source>
        <translation>数字或回车选定，输入文字或拼音首字母查找，Esc 不改</translation>
    </message>
</context>
<context>
    <name>Picking</name>
    <message>
        <source>{n} of {total} picked; at most {most} at once</source>
        <translation>已勾选 {n}/{total}，一次最多 {most} 件</translation>
    </message>
</context>
<context>
    <name>Picture</name>
    <message>
        <source>Report</source>
        <translation>上报</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>整治前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>整治后</translation>
    </message>
    <message>
        <source>Feedback</source>
        <translation>反馈</translation>
    </message>
    <message>
        <source>Camera frame</source>
        <translation>监控画面</translation>
    </message>
    <message>
        <source>Sound</source>
        <translation>录音</translation>
    </message>
    <message>
        <source>Joint work</source>
        <translation>督办</translation>
    </message>
</context>
<context>
    <name>Place</name>
    <message>
        <source>Everywhere</source>
        <translation>全局</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>案件队列</translation>
    </message>
    <message>
        <source>Case</source>
        <translation>案件</translation>
    </message>
    <message>
        <source>Camera wall</source>
        <translation>监控墙</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>地图</translation>
    </message>
    <message>
        <source>Loudspeakers</source>
        <translation>喊话</translation>
    </message>
    <message>
        <source>Health</source>
        <translation>运行状态</translation>
    </message>
    <message>
        <source>Manual</source>
        <translation>手册</translation>
    </message>
</context>
<context>
    <name>Preview</name>
    <message>
        <source>Printing…</source>
        <translation>正在排版…</translation>
    </message>
    <message>
        <source>The paper could not be printed. Nothing went out; Esc</source>
        <translation>文书排版失败，没有发出。Esc 关闭</translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>共 %n 页</numerusform>
        </translation>
    </message>
    <message>
        <source>Ctrl+Enter gives it out and keeps it, Esc puts it away</source>
        <translation>Ctrl+Enter 发出并留存，Esc 放弃</translation>
    </message>
    <message>
        <source>The hub is keeping it…</source>
        <translation>中枢正在留存…</translation>
    </message>
    <message>
        <source>The paper is kept at the hub, but could not be put into {path}: {why}</source>
        <translation>文书已由中枢留存，但没能放进 {path}：{why}</translation>
    </message>
    <message>
        <source>Given out: {path}</source>
        <translation>已发出：{path}</translation>
    </message>
</context>
<context>
    <name>Problem</name>
    <message>
        <source>Something is missing from the command</source>
        <translation>命令内容不全</translation>
    </message>
    <message>
        <source>The hub did not understand the command</source>
        <translation>中枢无法识别该命令</translation>
    </message>
    <message>
        <source>Somebody else changed this case meanwhile</source>
        <translation>他人刚刚更改了本案，已显示最新内容</translation>
    </message>
    <message>
        <source>This step is not possible in the case&apos;s state</source>
        <translation>案件当前状态不能执行此步骤</translation>
    </message>
    <message>
        <source>The picture is damaged</source>
        <translation>图片已损坏</translation>
    </message>
    <message>
        <source>The picture is not kept any more</source>
        <translation>图片已不再保存</translation>
    </message>
    <message>
        <source>The hub has no map</source>
        <translation>中枢没有底图</translation>
    </message>
    <message>
        <source>Your account may not do this; ask the shift leader</source>
        <translation>您的账号无权执行；请找值班长</translation>
    </message>
    <message>
        <source>The key of the door is wrong</source>
        <translation>接口密钥错误</translation>
    </message>
    <message>
        <source>The calendar cannot be read</source>
        <translation>日历无法读取</translation>
    </message>
    <message>
        <source>The table has rows that cannot be taken; nothing of it was</source>
        <translation>表中有无法导入的行，整表未导入</translation>
    </message>
    <message>
        <source>The table could not be saved: is the disk full, or the folder not yours?</source>
        <translation>表格没能保存：磁盘是否已满，或文件夹无权写入？</translation>
    </message>
    <message>
        <source>It ends before it begins</source>
        <translation>结束早于开始</translation>
    </message>
    <message>
        <source>The table cannot be read; nothing of it was taken</source>
        <translation>表格无法读取，未导入</translation>
    </message>
    <message>
        <source>A value cannot be taken</source>
        <translation>有数值不合要求</translation>
    </message>
    <message>
        <source>The campaign is over</source>
        <translation>专项已结束</translation>
    </message>
    <message>
        <source>The case is over</source>
        <translation>案件已办结</translation>
    </message>
    <message>
        <source>Somebody else has this case in hand</source>
        <translation>此案正由他人办理</translation>
    </message>
    <message>
        <source>No case is put under this class any more</source>
        <translation>此类别已停用</translation>
    </message>
    <message>
        <source>There is nothing in it</source>
        <translation>内容为空</translation>
    </message>
    <message>
        <source>A feedback needs words or a photo</source>
        <translation>反馈须有文字或照片</translation>
    </message>
    <message>
        <source>This lateness was appealed against before</source>
        <translation>此超时已申诉过</translation>
    </message>
    <message>
        <source>No appeal waits for a decision</source>
        <translation>没有待裁定的申诉</translation>
    </message>
    <message>
        <source>Nobody decides on his own appeal</source>
        <translation>不得裁定自己的申诉</translation>
    </message>
    <message>
        <source>Who found a case neither verifies, checks nor closes it</source>
        <translation>采集人不得核实、核查或结案</translation>
    </message>
    <message>
        <source>Two extensions were given already; there is no third</source>
        <translation>已延期两次，不能再延</translation>
    </message>
    <message>
        <source>The time is over; no more is given</source>
        <translation>已超时，不能延期</translation>
    </message>
    <message>
        <source>A case does not merge into itself</source>
        <translation>案件不能并入自身</translation>
    </message>
    <message>
        <source>More time was asked for already; that is decided first</source>
        <translation>已有延期申请待批</translation>
    </message>
    <message>
        <source>The other case is over; reports only go to one that is worked on</source>
        <translation>对方案件已结束，只能并入在办案件</translation>
    </message>
    <message>
        <source>The other reviewer must be somebody else</source>
        <translation>两名评审人不得为同一人</translation>
    </message>
    <message>
        <source>Nobody judges what he handled himself</source>
        <translation>不得核查自己处置的案件</translation>
    </message>
    <message>
        <source>A photo of the place afterwards is needed</source>
        <translation>须附处置后照片</translation>
    </message>
    <message>
        <source>One report must stay with the case</source>
        <translation>本案至少保留一条上报</translation>
    </message>
    <message>
        <source>Nobody asked for more time</source>
        <translation>没有延期申请</translation>
    </message>
    <message>
        <source>The case is not supervised</source>
        <translation>本案未被督办</translation>
    </message>
    <message>
        <source>A case stands still for a year at most</source>
        <translation>挂账最长一年</translation>
    </message>
    <message>
        <source>No lateness of this stage is recorded</source>
        <translation>该阶段没有超时记录</translation>
    </message>
    <message>
        <source>The hub failed to do this; press again, else see Health (Ctrl+6)</source>
        <translation>中枢没有办成；请再按一次，仍不行请看运行状态（Ctrl+6）</translation>
    </message>
    <message>
        <source>The moment lies in the future</source>
        <translation>时间在将来</translation>
    </message>
    <message>
        <source>There is such a key already</source>
        <translation>密钥已存在</translation>
    </message>
    <message>
        <source>The hub took this for a repetition; press again</source>
        <translation>中枢视为重复提交，请重按</translation>
    </message>
    <message>
        <source>Something that is needed is missing</source>
        <translation>缺少必填项</translation>
    </message>
    <message>
        <source>No free officer is near; call a squad or wait</source>
        <translation>附近没有空闲队员；请电话联系中队，或稍后再派</translation>
    </message>
    <message>
        <source>This seat has no password</source>
        <translation>本席没有密码</translation>
    </message>
    <message>
        <source>The camera&apos;s AI kept no picture</source>
        <translation>摄像机智能未留图</translation>
    </message>
    <message>
        <source>The camera gives no picture</source>
        <translation>摄像机没有画面</translation>
    </message>
    <message>
        <source>Nobody has this case in hand</source>
        <translation>此案无人认领</translation>
    </message>
    <message>
        <source>It does not exist any more</source>
        <translation>对象已不存在</translation>
    </message>
    <message>
        <source>The order is closed</source>
        <translation>督办单已办结</translation>
    </message>
    <message>
        <source>This lies outside your districts and departments; ask the shift leader</source>
        <translation>不在您的辖区或部门内；请找值班长</translation>
    </message>
    <message>
        <source>The place lies outside the city</source>
        <translation>位置在本市之外</translation>
    </message>
    <message>
        <source>The photo is damaged</source>
        <translation>照片已损坏</translation>
    </message>
    <message>
        <source>The photo is empty</source>
        <translation>照片为空</translation>
    </message>
    <message>
        <source>The photo is too large</source>
        <translation>照片过大</translation>
    </message>
    <message>
        <source>A reason is needed</source>
        <translation>需要填写理由</translation>
    </message>
    <message>
        <source>The round is over</source>
        <translation>督查已结束</translation>
    </message>
    <message>
        <source>The hub does not know this class</source>
        <translation>中枢没有此类别</translation>
    </message>
    <message>
        <source>There is no such report</source>
        <translation>没有这条上报</translation>
    </message>
    <message>
        <source>The table is empty</source>
        <translation>表格为空</translation>
    </message>
    <message>
        <source>The table lacks a column that is needed</source>
        <translation>表格缺少必需的列</translation>
    </message>
    <message>
        <source>The table has too many rows</source>
        <translation>表格行数过多</translation>
    </message>
    <message>
        <source>The loudspeaker is in use; press again in some seconds</source>
        <translation>音柱正在使用，请过几秒再按</translation>
    </message>
    <message>
        <source>The hub cannot write: is its disk full?</source>
        <translation>中枢无法写入，请检查磁盘空间</translation>
    </message>
    <message>
        <source>Nothing is selected</source>
        <translation>未选中任何对象</translation>
    </message>
    <message>
        <source>The hub does not know this token</source>
        <translation>中枢不认识此令牌</translation>
    </message>
    <message>
        <source>The text is too long</source>
        <translation>文字过长</translation>
    </message>
    <message>
        <source>Too many attempts; wait a little</source>
        <translation>尝试次数过多，请稍候</translation>
    </message>
    <message>
        <source>The moment lies too far back</source>
        <translation>时间过早</translation>
    </message>
    <message>
        <source>The hub does not know this seat</source>
        <translation>中枢不认识本席位</translation>
    </message>
    <message>
        <source>The officer already has a task; send another one</source>
        <translation>该队员已有任务，请另派一人</translation>
    </message>
    <message>
        <source>The unit has a terminal already</source>
        <translation>该力量已有终端</translation>
    </message>
    <message>
        <source>There is no such account</source>
        <translation>没有此账号</translation>
    </message>
    <message>
        <source>The camera does not exist</source>
        <translation>摄像机不存在</translation>
    </message>
    <message>
        <source>The class does not exist</source>
        <translation>类别不存在</translation>
    </message>
    <message>
        <source>The hub does not know this command: is it older than this seat?</source>
        <translation>中枢不认识此命令：版本是否较旧？</translation>
    </message>
    <message>
        <source>The department does not exist</source>
        <translation>部门不存在</translation>
    </message>
    <message>
        <source>The district does not exist</source>
        <translation>片区不存在</translation>
    </message>
    <message>
        <source>There is no such key</source>
        <translation>没有此密钥</translation>
    </message>
    <message>
        <source>The place was not found; point at it on the map</source>
        <translation>未找到该地点；请在地图上指明</translation>
    </message>
    <message>
        <source>The report does not exist in this case</source>
        <translation>本案没有这条上报</translation>
    </message>
    <message>
        <source>The role does not exist</source>
        <translation>角色不存在</translation>
    </message>
    <message>
        <source>The filing rule does not exist</source>
        <translation>立案条件不存在</translation>
    </message>
    <message>
        <source>The session is over</source>
        <translation>会话已结束</translation>
    </message>
    <message>
        <source>The source does not exist</source>
        <translation>来源不存在</translation>
    </message>
    <message>
        <source>The terminal is not known</source>
        <translation>终端未登记</translation>
    </message>
    <message>
        <source>The unit does not exist</source>
        <translation>力量不存在</translation>
    </message>
    <message>
        <source>The hub cannot be reached</source>
        <translation>无法连接中枢</translation>
    </message>
    <message>
        <source>The voice engine is being started; press again in a moment</source>
        <translation>喊话引擎正在启动，请稍后再按</translation>
    </message>
    <message>
        <source>The password is too short</source>
        <translation>密码过短</translation>
    </message>
    <message>
        <source>The password is wrong</source>
        <translation>密码错误</translation>
    </message>
    <message>
        <source>The case does not exist</source>
        <translation>案件不存在</translation>
    </message>
    <message>
        <source>The picture does not exist</source>
        <translation>图片不存在</translation>
    </message>
    <message>
        <source>The loudspeaker does not exist</source>
        <translation>音柱不存在</translation>
    </message>
    <message>
        <source>The warning does not exist</source>
        <translation>喊话模板不存在</translation>
    </message>
</context>
<context>
    <name>Prompt</name>
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Words to the reporter</source>
        <translation>给上报人的话</translation>
    </message>
    <message>
        <source>For how many days (366 at most)</source>
        <translation>挂账天数（最多 366 天）</translation>
    </message>
    <message>
        <source>By how many hours</source>
        <translation>延长小时数</translation>
    </message>
    <message>
        <source>Who supervises</source>
        <translation>督办层级</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>How content the reporter is</source>
        <translation>上报人满意度</translation>
    </message>
    <message>
        <source>The appeal</source>
        <translation>申诉</translation>
    </message>
    <message>
        <source>Into which case: its number, or the end of it</source>
        <translation>并入哪一案：编号或编号末尾</translation>
    </message>
    <message>
        <source>Which report</source>
        <translation>哪条上报</translation>
    </message>
    <message>
        <source>Which reports: their numbers, as in 1 3</source>
        <translation>哪几条上报：序号，如 1 3</translation>
    </message>
    <message>
        <source>Which stage</source>
        <translation>哪个阶段</translation>
    </message>
    <message>
        <source>Whom to send</source>
        <translation>派谁</translation>
    </message>
    <message>
        <source>Which platform</source>
        <translation>哪个平台</translation>
    </message>
    <message>
        <source>Where: a place, a street, a camera, or latitude and longitude</source>
        <translation>位置：地点、街道、摄像机，或纬度 经度</translation>
    </message>
    <message>
        <source>For all of them</source>
        <translation>对全部案件</translation>
    </message>
</context>
<context>
    <name>ProposalSection</name>
    <message>
        <source>Proposal</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Or</source>
        <translation>或为</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>In charge</source>
        <translation>负责人</translation>
    </message>
</context>
<context>
    <name>Queue</name>
    <message>
        <source>supervised {n}</source>
        <translation>督办{n}级</translation>
    </message>
    <message>
        <source>warned ×{n}</source>
        <translation>已喊话 {n} 次</translation>
    </message>
    <message>
        <source>{n} picked</source>
        <translation>已选 {n} 件</translation>
    </message>
    <message>
        <source>Asking the hub …</source>
        <translation>正在向中枢查询…</translation>
    </message>
    <message>
        <source>Looking further …</source>
        <translation>继续查找…</translation>
    </message>
    <message>
        <source>Open cases are shown without the hub: Esc drops the filter, [ goes back</source>
        <translation>不经中枢也能看未结案件：Esc 清除筛选，[ 返回</translation>
    </message>
    <message>
        <source>{view}: no case matches {filter}</source>
        <translation>{view}：没有符合 {filter} 的案件</translation>
    </message>
    <message>
        <source>Esc drops the filter, ] looks in the next view</source>
        <translation>Esc 清除筛选，] 到下一视图查找</translation>
    </message>
    <message>
        <source>Waiting for the hub</source>
        <translation>等待中枢</translation>
    </message>
    <message>
        <source>{view}: nothing waits here</source>
        <translation>{view}：这里没有案件</translation>
    </message>
    <message>
        <source>] shows the next view</source>
        <translation>] 看下一视图</translation>
    </message>
</context>
<context>
    <name>QueueList</name>
    <message numerus="yes">
        <source>%n new above</source>
        <translation>
            <numerusform>上方新增 %n 件</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuePane</name>
    <message>
        <source>Queue</source>
        <translation>案件队列</translation>
    </message>
    <message>
        <source>Facets of the queue</source>
        <translation>队列分面</translation>
    </message>
</context>
<context>
    <name>QueueToken</name>
    <message>
        <source>state</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>案件种类</translation>
    </message>
    <message>
        <source>class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>district</source>
        <translation>辖区</translation>
    </message>
    <message>
        <source>grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>street</source>
        <translation>街道</translation>
    </message>
    <message>
        <source>department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>unit</source>
        <translation>处置人员</translation>
    </message>
    <message>
        <source>time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>supervision</source>
        <translation>督办</translation>
    </message>
    <message>
        <source>claim</source>
        <translation>认领</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>opened</source>
        <translation>上报时间</translation>
    </message>
    <message>
        <source>campaign</source>
        <translation>专项</translation>
    </message>
    <message>
        <source>matters</source>
        <translation>事件</translation>
    </message>
    <message>
        <source>components</source>
        <translation>部件</translation>
    </message>
    <message>
        <source>late</source>
        <translation>超时</translation>
    </message>
    <message>
        <source>in time</source>
        <translation>未超时</translation>
    </message>
    <message>
        <source>supervised</source>
        <translation>已督办</translation>
    </message>
    <message>
        <source>mine</source>
        <translation>我的</translation>
    </message>
    <message>
        <source>claimed by nobody</source>
        <translation>无人认领</translation>
    </message>
    <message>
        <source>priority ! and above</source>
        <translation>优先级 ! 及以上</translation>
    </message>
    <message>
        <source>priority !! and above</source>
        <translation>优先级 !! 及以上</translation>
    </message>
    <message>
        <source>priority !!!</source>
        <translation>优先级 !!!</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>last 7 days</source>
        <translation>近7天</translation>
    </message>
    <message>
        <source>last 30 days</source>
        <translation>近30天</translation>
    </message>
</context>
<context>
    <name>QueueView</name>
    <message>
        <source>To decide</source>
        <translation>待处置</translation>
    </message>
    <message>
        <source>Sent</source>
        <translation>已派遣</translation>
    </message>
    <message>
        <source>To check</source>
        <translation>待核查</translation>
    </message>
    <message>
        <source>All open</source>
        <translation>全部未结</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>已了结</translation>
    </message>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>most urgent first</source>
        <translation>最急在前</translation>
    </message>
    <message>
        <source>newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>oldest first</source>
        <translation>最早在前</translation>
    </message>
</context>
<context>
    <name>Reason</name>
    <message>
        <source>The camera&apos;s AI saw it: {text}</source>
        <translation>摄像机智能识别：{text}</translation>
    </message>
    <message>
        <source>Lies in {text}</source>
        <translation>位于{text}</translation>
    </message>
    <message>
        <source>A sensor reported it: {text}</source>
        <translation>传感器上报：{text}</translation>
    </message>
    <message>
        <source>The report says “{text}”</source>
        <translation>上报内容含“{text}”</translation>
    </message>
    <message>
        <source>The report hints at it: “{text}”</source>
        <translation>上报内容提及“{text}”</translation>
    </message>
    <message>
        <source>An officer said so: {text}</source>
        <translation>由人员指定：{text}</translation>
    </message>
    <message>
        <source>The reporter chose the class: {text}</source>
        <translation>上报人选择的类别：{text}</translation>
    </message>
    <message>
        <source>The class could not be told; please look</source>
        <translation>类别无法判断，请人工确认</translation>
    </message>
    <message>
        <source>Closed cases like it had this class: {text}</source>
        <translation>同类已结案件多属此类：{text}</translation>
    </message>
    <message>
        <source>Filed when: {text}</source>
        <translation>立案条件：{text}</translation>
    </message>
    <message>
        <source>Answers for it: {text}</source>
        <translation>责任部门：{text}</translation>
    </message>
    <message>
        <source>No department answers for it: {text}</source>
        <translation>没有对应的责任部门：{text}</translation>
    </message>
    <message>
        <source>Trouble spot: {text} such cases here in 30 days</source>
        <translation>高发点位：30 天内此处同类案件 {text} 起</translation>
    </message>
    <message>
        <source>Seen by {text}</source>
        <translation>可见摄像机：{text}</translation>
    </message>
    <message>
        <source>Nearest camera: {text}</source>
        <translation>最近摄像机：{text}</translation>
    </message>
    <message>
        <source>Nearest loudspeaker: {text}</source>
        <translation>最近音柱：{text}</translation>
    </message>
    <message>
        <source>Nearest free officer: {text}</source>
        <translation>最近空闲队员：{text}</translation>
    </message>
    <message>
        <source>Reported again: {text}</source>
        <translation>重复上报：{text}</translation>
    </message>
    <message>
        <source>Urgent: {text}</source>
        <translation>紧急：{text}</translation>
    </message>
</context>
<context>
    <name>Remarks</name>
    <message numerus="yes">
        <source>%n cases are picked: keys act on all of them</source>
        <translation>
            <numerusform>已选中 %n 件：按键对全部生效</numerusform>
        </translation>
    </message>
    <message>
        <source>Claimed by this seat until {time}</source>
        <translation>本席认领至 {time}</translation>
    </message>
    <message>
        <source>{name} is working on it until {time}</source>
        <translation>{name} 正在办理，至 {time}</translation>
    </message>
    <message>
        <source>Also looking at it: {names}</source>
        <translation>也在查看：{names}</translation>
    </message>
    <message>
        <source>Supervised by: {who}</source>
        <translation>督办：{who}</translation>
    </message>
    <message>
        <source>Suspended since {since}, resumes on {until}</source>
        <translation>{since} 起挂账，{until} 自动恢复</translation>
    </message>
    <message>
        <source>Waits for what the reporter must add; its clocks stand</source>
        <translation>等待上报人补充，暂停计时</translation>
    </message>
    <message>
        <source>Its due moment is provisional: that year&apos;s working days are not out yet</source>
        <translation>时限为暂定：该年工作日安排尚未公布</translation>
    </message>
    <message>
        <source>Lives on in case {case}</source>
        <translation>已并入案件 {case}</translation>
    </message>
    <message>
        <source>Split off case {case}</source>
        <translation>由案件 {case} 拆出</translation>
    </message>
    <message>
        <source>Handled on behalf of a unit that is not known yet</source>
        <translation>权属未明，先行代办</translation>
    </message>
</context>
<context>
    <name>Role</name>
    <message>
        <source>collector</source>
        <translation>采集员</translation>
    </message>
    <message>
        <source>acceptor</source>
        <translation>受理员</translation>
    </message>
    <message>
        <source>dispatcher</source>
        <translation>派遣员</translation>
    </message>
    <message>
        <source>shift leader</source>
        <translation>值班长</translation>
    </message>
    <message>
        <source>unit administrator</source>
        <translation>单位管理员</translation>
    </message>
    <message>
        <source>handler</source>
        <translation>处置人员</translation>
    </message>
    <message>
        <source>video patroller</source>
        <translation>视频巡查员</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>喊话员</translation>
    </message>
    <message>
        <source>legal reviewer</source>
        <translation>法制审核员</translation>
    </message>
    <message>
        <source>technical reviewer</source>
        <translation>技术审核员</translation>
    </message>
    <message>
        <source>inspector</source>
        <translation>督察员</translation>
    </message>
    <message>
        <source>leader</source>
        <translation>领导</translation>
    </message>
    <message>
        <source>administrator</source>
        <translation>管理员</translation>
    </message>
    <message>
        <source>auditor</source>
        <translation>审计员</translation>
    </message>
    <message>
        <source>system</source>
        <translation>系统</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>Name, or number and name, such as: 3 Night market</source>
        <translation>名称，或数字加名称，例如：3 夜市</translation>
    </message>
    <message>
        <source>All nine numbers are taken: say which one</source>
        <translation>九个数字都已占用：请指定一个</translation>
    </message>
    <message>
        <source>{name} is saved: g {number} shows it</source>
        <translation>已保存“{name}”：按 g {number} 显示</translation>
    </message>
</context>
<context>
    <name>Sections</name>
    <message>
        <source>Where and who</source>
        <translation>位置与责任人</translation>
    </message>
    <message>
        <source>Place</source>
        <translation>地点</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>网格</translation>
    </message>
    <message>
        <source>Chief</source>
        <translation>街长</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>力量</translation>
    </message>
    <message>
        <source>Agency</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>Assisting</source>
        <translation>协办</translation>
    </message>
    <message>
        <source>Reporter</source>
        <translation>上报人</translation>
    </message>
    <message>
        <source>Beside</source>
        <translation>旁边</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Speaker</source>
        <translation>音柱</translation>
    </message>
    <message>
        <source>History</source>
        <translation>办理记录</translation>
    </message>
    <message>
        <source>Reports</source>
        <translation>上报记录</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>音柱</translation>
    </message>
    <message>
        <source>Live talk</source>
        <translation>实时喊话</translation>
    </message>
</context>
<context>
    <name>Setting</name>
    <message>
        <source>Look of the window</source>
        <translation>界面外观</translation>
    </message>
    <message>
        <source>Language of the interface</source>
        <translation>界面语言</translation>
    </message>
    <message>
        <source>Size of letters and rows</source>
        <translation>字号与行高</translation>
    </message>
    <message>
        <source>How long a notice stays</source>
        <translation>提示停留时间</translation>
    </message>
    <message>
        <source>Tiles of the camera wall</source>
        <translation>监控墙格数</translation>
    </message>
    <message>
        <source>Lock a seat nobody has touched for (0: never)</source>
        <translation>无人操作多久后锁定（0 为不锁）</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>麦克风</translation>
    </message>
    <message>
        <source>night</source>
        <translation>夜间</translation>
    </message>
    <message>
        <source>day</source>
        <translation>日间</translation>
    </message>
    <message>
        <source>zh_CN</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>en</source>
        <translation>English</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>min</source>
        <translation>分钟</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>The system&apos;s microphone</source>
        <translation>系统默认麦克风</translation>
    </message>
    <message>
        <source>No microphone</source>
        <translation>不用麦克风</translation>
    </message>
</context>
<context>
    <name>SettingsCard</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Tab goes on, arrows change, Esc closes; all applies at once</source>
        <translation>Tab 下一项，方向键更改，Esc 关闭；即时生效</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>The hub stopped at {time} — starting it again; what was acknowledged is kept</source>
        <translation>中枢于 {time} 停止，正在重新启动；已确认的内容均已保存</translation>
    </message>
    <message>
        <source>The hub does not start. What was acknowledged is kept. Close and start again; if that does not help, why is written in {path}</source>
        <translation>中枢无法启动，已确认的内容都在。请关闭后重新启动；仍不行，原因见 {path}</translation>
    </message>
    <message>
        <source>The demo&apos;s town did not start: no new reports, no pictures. What was kept is here. Close and start again; why is written in {path}</source>
        <translation>演示城市没有启动：没有新上报和画面，已有内容都在。请关闭后重新启动；原因见 {path}</translation>
    </message>
    <message>
        <source>The hub is back; nothing is missing</source>
        <translation>中枢已恢复，数据完整</translation>
    </message>
    <message>
        <source>No connection to the hub since {time} — what you see may be old</source>
        <translation>自 {time} 起与中枢断开，显示内容可能已过时</translation>
    </message>
    <message>
        <source>The hub refuses this seat: sign in again</source>
        <translation>中枢拒绝本席位，请重新登录</translation>
    </message>
</context>
<context>
    <name>Source</name>
    <message>
        <source>Citizen</source>
        <translation>市民</translation>
    </message>
    <message>
        <source>Collector</source>
        <translation>采集</translation>
    </message>
    <message>
        <source>Camera AI</source>
        <translation>智能</translation>
    </message>
    <message>
        <source>Patrol</source>
        <translation>巡查</translation>
    </message>
    <message>
        <source>Sensor</source>
        <translation>传感</translation>
    </message>
    <message>
        <source>Hotline</source>
        <translation>热线</translation>
    </message>
    <message>
        <source>Chat group</source>
        <translation>聊天群</translation>
    </message>
    <message>
        <source>Survey</source>
        <translation>第三方测评</translation>
    </message>
    <message>
        <source>Other platform</source>
        <translation>其他平台</translation>
    </message>
    <message>
        <source>Spot check</source>
        <translation>督查抽查</translation>
    </message>
    <message>
        <source>Emergency button</source>
        <translation>紧急按钮</translation>
    </message>
</context>
<context>
    <name>State</name>
    <message>
        <source>Proposed</source>
        <translation>待受理</translation>
    </message>
    <message>
        <source>Returned</source>
        <translation>退回补充</translation>
    </message>
    <message>
        <source>Taken on</source>
        <translation>已受理</translation>
    </message>
    <message>
        <source>To be verified</source>
        <translation>待核实</translation>
    </message>
    <message>
        <source>Verified</source>
        <translation>已核实</translation>
    </message>
    <message>
        <source>Filed</source>
        <translation>已立案</translation>
    </message>
    <message>
        <source>Dispatched</source>
        <translation>已派遣</translation>
    </message>
    <message>
        <source>Task taken</source>
        <translation>已接单</translation>
    </message>
    <message>
        <source>On site</source>
        <translation>已到场</translation>
    </message>
    <message>
        <source>Handled</source>
        <translation>已反馈</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>已核查</translation>
    </message>
    <message>
        <source>Suspended</source>
        <translation>挂账</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已结案</translation>
    </message>
    <message>
        <source>Archived</source>
        <translation>已归档</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>已作废</translation>
    </message>
    <message>
        <source>Merged</source>
        <translation>已并案</translation>
    </message>
    <message>
        <source>Transferred</source>
        <translation>已移交</translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message>
        <source>Open</source>
        <translation>未结</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>逾期</translation>
    </message>
    <message>
        <source>Officers free</source>
        <translation>空闲队员</translation>
    </message>
    <message>
        <source>Vehicles</source>
        <translation>车辆</translation>
    </message>
    <message>
        <source>Cameras</source>
        <translation>摄像机</translation>
    </message>
    <message>
        <source>Seats</source>
        <translation>席位</translation>
    </message>
    <message>
        <source>Live pictures</source>
        <translation>实时画面</translation>
    </message>
    <message>
        <source>Connected</source>
        <translation>已连接</translation>
    </message>
    <message>
        <source>Connection lost, trying again</source>
        <translation>连接中断，正在重连</translation>
    </message>
    <message>
        <source>The hub refuses this seat</source>
        <translation>中枢拒绝本席位</translation>
    </message>
    <message>
        <source>Connecting</source>
        <translation>正在连接</translation>
    </message>
</context>
<context>
    <name>Story</name>
    <message>
        <source>into {case}</source>
        <translation>并入 {case}</translation>
    </message>
    <message>
        <source>out of {case}</source>
        <translation>来自 {case}</translation>
    </message>
    <message>
        <source>{n} hours</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>for {n} days</source>
        <translation>{n} 天</translation>
    </message>
</context>
<context>
    <name>Strip</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
    </message>
</context>
<context>
    <name>Survey</name>
    <message>
        <source>Table of an assessment</source>
        <translation>测评问题表</translation>
    </message>
    <message>
        <source>File (CSV or XLSX)</source>
        <translation>文件（CSV 或 XLSX）</translation>
    </message>
    <message>
        <source>Who assessed</source>
        <translation>测评单位</translation>
    </message>
    <message>
        <source>Type the path, Tab takes what is offered; Ctrl+Enter shows the rows, Ctrl+Enter again takes them; Esc keeps it for later</source>
        <translation>输入路径，Tab 补全；Ctrl+Enter 预览，再按 Ctrl+Enter 导入；Esc 暂存</translation>
    </message>
    <message>
        <source>Sending…</source>
        <translation>正在提交…</translation>
    </message>
    <message numerus="yes">
        <source>%n row(s), all good: Ctrl+Enter takes them</source>
        <translation>
            <numerusform>共 %n 行，全部可导入：按 Ctrl+Enter 导入</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n report(s) to go…</source>
        <translation>
            <numerusform>还剩 %n 条…</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Takeout</name>
    <message>
        <source>Form</source>
        <translation>格式</translation>
    </message>
    <message>
        <source>XLSX, CSV or JSON</source>
        <translation>请选 XLSX、CSV 或 JSON</translation>
    </message>
    <message>
        <source>The table is being made; go on working</source>
        <translation>正在生成表格，可以继续工作</translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) exported: {path}</source>
        <translation>
            <numerusform>已导出 %n 件：{path}</numerusform>
        </translation>
    </message>
    <message>
        <source>There were more; only the newest are in it</source>
        <translation>实际更多，只导出了最新的</translation>
    </message>
</context>
<context>
    <name>Trends</name>
    <message>
        <source>The charts begin when the hub reports</source>
        <translation>中枢上报后开始绘图</translation>
    </message>
    <message>
        <source>{} min</source>
        <translation>{} 分</translation>
    </message>
</context>
<context>
    <name>UnitPicker</name>
    <message>
        <source>Unit or department: name or pinyin initials</source>
        <translation>力量或部门：名称或拼音首字母</translation>
    </message>
    <message>
        <source>no position</source>
        <translation>无定位</translation>
    </message>
    <message>
        <source>free</source>
        <translation>空闲</translation>
    </message>
    <message>
        <source>off duty</source>
        <translation>不当班</translation>
    </message>
    <message>
        <source>on a task</source>
        <translation>任务中</translation>
    </message>
    <message>
        <source>department</source>
        <translation>部门</translation>
    </message>
    <message>
        <source>answers for it</source>
        <translation>责任部门</translation>
    </message>
</context>
<context>
    <name>Viewer</name>
    <message>
        <source>Picture of the case</source>
        <translation>案件图片</translation>
    </message>
</context>
<context>
    <name>Voice</name>
    <message>
        <source>Ready</source>
        <translation>就绪</translation>
    </message>
    <message>
        <source>Opening</source>
        <translation>正在接通</translation>
    </message>
    <message>
        <source>Speaking</source>
        <translation>正在播放</translation>
    </message>
    <message>
        <source>Out of order</source>
        <translation>故障</translation>
    </message>
    <message>
        <source>Asked</source>
        <translation>已请求</translation>
    </message>
    <message>
        <source>Spoken</source>
        <translation>已播放</translation>
    </message>
    <message>
        <source>the speaker refuses our password</source>
        <translation>音柱拒绝了密码</translation>
    </message>
    <message>
        <source>the speaker forbids the call</source>
        <translation>音柱禁止呼叫</translation>
    </message>
    <message>
        <source>the speaker does not know this number</source>
        <translation>音柱不存在该号码</translation>
    </message>
    <message>
        <source>the speaker does not answer</source>
        <translation>音柱无应答</translation>
    </message>
    <message>
        <source>the speaker is not available</source>
        <translation>音柱不可用</translation>
    </message>
    <message>
        <source>the speaker is busy</source>
        <translation>音柱忙</translation>
    </message>
    <message>
        <source>the speaker wants another codec</source>
        <translation>音柱要求其他编码</translation>
    </message>
    <message>
        <source>the speaker declines the call</source>
        <translation>音柱拒绝呼叫</translation>
    </message>
    <message>
        <source>the speaker hung up</source>
        <translation>音柱挂断</translation>
    </message>
    <message>
        <source>the speaker no longer takes sound</source>
        <translation>音柱不再接收声音</translation>
    </message>
    <message>
        <source>the speaker&apos;s address is wrong</source>
        <translation>音柱地址有误</translation>
    </message>
    <message>
        <source>the speaker&apos;s name is not known</source>
        <translation>音柱域名无法解析</translation>
    </message>
    <message>
        <source>the speaker&apos;s port is closed</source>
        <translation>音柱端口关闭</translation>
    </message>
    <message>
        <source>the speaker&apos;s codec is not known</source>
        <translation>音柱编码不受支持</translation>
    </message>
    <message>
        <source>the speaker&apos;s folder is not there</source>
        <translation>音柱目录不存在</translation>
    </message>
    <message>
        <source>the speaker&apos;s folder is gone</source>
        <translation>音柱目录已消失</translation>
    </message>
    <message>
        <source>the voice engine stopped</source>
        <translation>喊话引擎已停止</translation>
    </message>
    <message>
        <source>the voice engine erred</source>
        <translation>喊话引擎出错</translation>
    </message>
    <message>
        <source>the voice process ended</source>
        <translation>喊话进程已结束</translation>
    </message>
    <message>
        <source>the voice process is being started</source>
        <translation>喊话进程正在启动</translation>
    </message>
    <message>
        <source>the hub was started again</source>
        <translation>中枢曾重新启动</translation>
    </message>
    <message>
        <source>no sound came from the microphone</source>
        <translation>麦克风没有声音</translation>
    </message>
    <message>
        <source>no speech engine could say it</source>
        <translation>没有可用的语音合成引擎</translation>
    </message>
    <message>
        <source>ended before the speaker answered</source>
        <translation>音柱应答前已结束</translation>
    </message>
    <message>
        <source>silenced</source>
        <translation>已被停止</translation>
    </message>
    <message>
        <source>Test tone in place of a microphone</source>
        <translation>以测试音代替麦克风</translation>
    </message>
    <message>
        <source>Recording in place of a microphone</source>
        <translation>以录音代替麦克风</translation>
    </message>
    <message>
        <source>No microphone: warnings by text work all the same</source>
        <translation>没有麦克风，文字喊话不受影响</translation>
    </message>
</context>
<context>
    <name>VoicePane</name>
    <message>
        <source>Loudspeakers</source>
        <translation>喊话</translation>
    </message>
    <message>
        <source>Own words, Enter speaks them</source>
        <translation>自拟内容，按 Enter 播放</translation>
    </message>
    <message>
        <source>Own words</source>
        <translation>自拟内容</translation>
    </message>
    <message>
        <source>Loudspeaker</source>
        <translation>音柱</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Nothing was said here yet</source>
        <translation>此处尚无喊话记录</translation>
    </message>
    <message>
        <source>Calls</source>
        <translation>喊话记录</translation>
    </message>
    <message>
        <source>Select a case or a place</source>
        <translation>请选择案件或地点</translation>
    </message>
    <message>
        <source>{} is speaking</source>
        <translation>{} 正在喊话</translation>
    </message>
    <message>
        <source>Speaking — let go to end</source>
        <translation>正在喊话，松开结束</translation>
    </message>
    <message>
        <source>Hold to talk  Ctrl+Space</source>
        <translation>按住喊话  Ctrl+空格</translation>
    </message>
</context>
<context>
    <name>WallPane</name>
    <message>
        <source>Cameras</source>
        <translation>监控</translation>
    </message>
    <message>
        <source>in view {length}</source>
        <translation>可见 {length}</translation>
    </message>
    <message>
        <source>near {length}</source>
        <translation>附近 {length}</translation>
    </message>
</context>
<context>
    <name>WallView</name>
    <message>
        <source>main</source>
        <translation>主码流</translation>
    </message>
    <message>
        <source>sub</source>
        <translation>子码流</translation>
    </message>
    <message>
        <source>no picture for {seconds} s</source>
        <translation>已 {seconds} 秒无画面</translation>
    </message>
    <message>
        <source>live</source>
        <translation>实时</translation>
    </message>
    <message>
        <source>connecting</source>
        <translation>连接中</translation>
    </message>
    <message>
        <source>signal lost</source>
        <translation>信号中断</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>拒绝访问</translation>
    </message>
    <message>
        <source>No cameras yet</source>
        <translation>暂无摄像机</translation>
    </message>
</context>
<context>
    <name>Window</name>
    <message>
        <source>Zhihui</source>
        <translation>指挥</translation>
    </message>
    <message>
        <source>Town and officer</source>
        <translation>辖区与值班员</translation>
    </message>
</context>
</TS>
