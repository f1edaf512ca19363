<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>Asker</name>
    <message>
        <source>Answer</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Ctrl+Enter confirms, Esc leaves everything as it is</source>
        <translation>Ctrl+Enter 确认，Esc 不作任何更改</translation>
    </message>
    <message>
        <source>Enter sends, Esc leaves everything as it is</source>
        <translation>Enter 提交，Esc 不作任何更改</translation>
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
        <source>The hub&apos;s loop lag, ms</source>
        <translation>中枢循环延迟（毫秒）</translation>
    </message>
    <message>
        <source>Late frames of this window, %</source>
        <translation>本窗口迟到帧（%）</translation>
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
    <name>Command</name>
    <message>
        <source>A note stays in the history; write another one</source>
        <translation>备注保留在办理记录中，如有更正请另写一条</translation>
    </message>
    <message>
        <source>The officer has already been sent back</source>
        <translation>队员已被派回现场</translation>
    </message>
    <message>
        <source>Send the nearest free officer, stay with the case</source>
        <translation>派最近的空闲队员，停留在本案</translation>
    </message>
    <message>
        <source>File the case</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Accept: send the nearest free officer, go to the next case</source>
        <translation>采纳：派最近的空闲队员，转到下一案</translation>
    </message>
    <message>
        <source>Reject the proposal</source>
        <translation>不予立案</translation>
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
        <source>Take the check back</source>
        <translation>撤回核查</translation>
    </message>
    <message>
        <source>Rework: send the officer back</source>
        <translation>返工：派队员重新处置</translation>
    </message>
    <message>
        <source>Close the case</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Reopen the case</source>
        <translation>重新立案</translation>
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
        <source>Next view of the queue</source>
        <translation>下一视图</translation>
    </message>
    <message>
        <source>Previous view of the queue</source>
        <translation>上一视图</translation>
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
        <source>Spoken warning</source>
        <translation>喊话</translation>
    </message>
    <message>
        <source>Change the class</source>
        <translation>更改类别</translation>
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
        <source>Recalled</source>
        <translation>撤回</translation>
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
        <source>Closed</source>
        <translation>结案</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>重新立案</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>Send, next case</source>
        <translation>派遣并转下一案</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>File</source>
        <translation>立案</translation>
    </message>
    <message>
        <source>Reject</source>
        <translation>不予立案</translation>
    </message>
    <message>
        <source>Settle</source>
        <translation>当场办结</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>核查</translation>
    </message>
    <message>
        <source>Uncheck</source>
        <translation>撤回核查</translation>
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
        <source>Reopen</source>
        <translation>重新立案</translation>
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
        <translation>结果</translation>
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
    <name>Desk</name>
    <message>
        <source>{case} was changed meanwhile: now {state}. Look, then {command} again</source>
        <translation>{case}刚被他人改动，现为{state}。请看过后再{command}</translation>
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
    <message>
        <source>Reason</source>
        <translation>理由</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>内容</translation>
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
    <message>
        <source>Arrival</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>Stage</source>
        <translation>阶段</translation>
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
        <source>The terminal has the task</source>
        <translation>终端已收到任务</translation>
    </message>
    <message>
        <source>The terminal does not answer; call the unit</source>
        <translation>终端无应答，请电话联系</translation>
    </message>
    <message>
        <source>Not on site in time</source>
        <translation>未按时到场</translation>
    </message>
    <message>
        <source>Not closed in time</source>
        <translation>未按时结案</translation>
    </message>
</context>
<context>
    <name>KeyHelp</name>
    <message>
        <source>Keys</source>
        <translation>按键</translation>
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
        <translation>不在岗</translation>
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
        <source>Window</source>
        <translation>窗口</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>帮助</translation>
    </message>
</context>
<context>
    <name>NoUndo</name>
    <message>
        <source>A reopened case is closed again by working it.</source>
        <translation>重新立案的案件须重新办理后结案。</translation>
    </message>
    <message>
        <source>A terminal that was let in is taken out of the register of units.</source>
        <translation>已接纳的终端须从力量登记中移除。</translation>
    </message>
    <message>
        <source>Spoken words cannot be taken back.</source>
        <translation>喊出的话无法收回。</translation>
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
    <name>Picture</name>
    <message>
        <source>Report</source>
        <translation>上报</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>喊话前</translation>
    </message>
    <message>
        <source>After</source>
        <translation>喊话后</translation>
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
        <source>The hub failed to do this; press again, else see Health (Ctrl+6)</source>
        <translation>中枢没有办成；请再按一次，仍不行请看运行状态（Ctrl+6）</translation>
    </message>
    <message>
        <source>No free officer is near; call a squad or wait</source>
        <translation>附近没有空闲队员；请电话联系中队，或稍后再派</translation>
    </message>
    <message>
        <source>The camera gives no picture</source>
        <translation>摄像机没有画面</translation>
    </message>
    <message>
        <source>It does not exist any more</source>
        <translation>对象已不存在</translation>
    </message>
    <message>
        <source>A reason is needed</source>
        <translation>需要填写理由</translation>
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
        <source>Too many attempts; wait a little</source>
        <translation>尝试次数过多，请稍候</translation>
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
        <source>The hub cannot be reached</source>
        <translation>无法连接中枢</translation>
    </message>
    <message>
        <source>The voice engine is being started; press again in a moment</source>
        <translation>喊话引擎正在启动，请稍后再按</translation>
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
    <name>Queue</name>
    <message>
        <source>warned ×{n}</source>
        <translation>已喊话 {n} 次</translation>
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
        <source>Class, place, unit, number or pinyin initials</source>
        <translation>类别、地点、人员、编号或拼音首字母</translation>
    </message>
    <message>
        <source>Filter of the queue</source>
        <translation>队列筛选</translation>
    </message>
    <message>
        <source>No case matches the filter</source>
        <translation>没有符合条件的案件</translation>
    </message>
    <message>
        <source>Nothing waits here</source>
        <translation>暂无待办</translation>
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
        <source>Closed</source>
        <translation>已结</translation>
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
        <source>The reporter chose the class: {text}</source>
        <translation>上报人选择的类别：{text}</translation>
    </message>
    <message>
        <source>The class could not be told; please look</source>
        <translation>类别无法判断，请人工确认</translation>
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
        <source>handler</source>
        <translation>处置人员</translation>
    </message>
    <message>
        <source>speaker</source>
        <translation>喊话员</translation>
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
    <name>Sections</name>
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
        <source>Proposal</source>
        <translation>建议</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>派遣</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>依据</translation>
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
</context>
<context>
    <name>State</name>
    <message>
        <source>Proposed</source>
        <translation>待立案</translation>
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
        <source>Closed</source>
        <translation>已结案</translation>
    </message>
    <message>
        <source>Void</source>
        <translation>已作废</translation>
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
        <translation>超时</translation>
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
    <name>Strip</name>
    <message>
        <source>Pictures</source>
        <translation>图片</translation>
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
