<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN" sourcelanguage="en">
<context>
    <name>Amounts</name>
    <message>
        <source>tokens</source>
        <translation>token</translation>
    </message>
    <message>
        <source>requests</source>
        <translation>次请求</translation>
    </message>
    <message>
        <source>credits</source>
        <translation>点</translation>
    </message>
</context>
<context>
    <name>AskMore</name>
    <message>
        <source>For good</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>How much more</source>
        <translation>要增加多少</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>What it is for, if you want to say it</source>
        <translation>用途（可以不写）</translation>
    </message>
    <message>
        <source>Name the project: {project}</source>
        <translation>写上项目：{project}</translation>
    </message>
    <message>
        <source>That is no amount.</source>
        <translation>这不是有效的数额。</translation>
    </message>
    <message>
        <source>What your manager sees</source>
        <translation>你的经理会看到</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>再次申请</translation>
    </message>
    <message>
        <source>{waiting}.</source>
        <translation>{waiting}。</translation>
    </message>
    <message>
        <source>Show the request</source>
        <translation>查看申请</translation>
    </message>
    <message>
        <source>Ask for more</source>
        <translation>申请增加</translation>
    </message>
    <message>
        <source>{outcome}.</source>
        <translation>{outcome}。</translation>
    </message>
    <message>
        <source>{outcome}. {note}</source>
        <translation>{outcome}。{note}</translation>
    </message>
    <message>
        <source>Of which limit</source>
        <translation>哪一项额度</translation>
    </message>
    <message>
        <source>What your manager sees of you at any time</source>
        <translation>经理随时能看到的你的情况</translation>
    </message>
    <message>
        <source>Copied. Send it to whoever decides.</source>
        <translation>已复制。请发给有权决定的人。</translation>
    </message>
    <message>
        <source>A quarter of the limit.</source>
        <translation>上限的四分之一。</translation>
    </message>
    <message>
        <source>As much again as the limit. To last to the reset at your pace takes {need}.</source>
        <translation>与上限相同的数额。按你的速度用到重置需要 {need}。</translation>
    </message>
    <message>
        <source>At your pace that lasts to the reset.</source>
        <translation>按你的速度，可以用到重置。</translation>
    </message>
    <message>
        <source>You</source>
        <translation>你</translation>
    </message>
    <message>
        <source>{quota}: {rest}. {outlook}.</source>
        <translation>{quota}：{rest}。{outlook}。</translation>
    </message>
    <message>
        <source>Until the reset, {moment}</source>
        <translation>到重置为止，{moment}</translation>
    </message>
    <message>
        <source>I would like {amount} more of the quota {quota}.</source>
        <translation>我想把额度“{quota}”增加 {amount}。</translation>
    </message>
    <message>
        <source>{until}.</source>
        <translation>{until}。</translation>
    </message>
    <message>
        <source>Now: {rest}. {effect}.</source>
        <translation>目前：{rest}。{effect}。</translation>
    </message>
    <message>
        <source>Project: {project}</source>
        <translation>项目：{project}</translation>
    </message>
    <message>
        <source>{n} characters too many</source>
        <translation>超出 {n} 个字符</translation>
    </message>
    <message>
        <source>{n} characters left</source>
        <translation>还可输入 {n} 个字符</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>No limit of your company&apos;s is known that could be raised.</source>
        <translation>没有可以提高的公司额度。</translation>
    </message>
    <message>
        <source>There is nothing to ask for</source>
        <translation>没有可以申请的</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Your company has a page for it at {host}. It opens in your browser.</source>
        <translation>你的公司在 {host} 有专门的页面，会在浏览器中打开。</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>The text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>Your company&apos;s service takes no requests. Copy the text and send it to whoever decides.</source>
        <translation>公司的服务不接受申请。请复制文字，发给有权决定的人。</translation>
    </message>
    <message>
        <source>Copy the text</source>
        <translation>复制文字</translation>
    </message>
    <message>
        <source>Your manager will see</source>
        <translation>你的经理会看到</translation>
    </message>
    <message>
        <source>Nothing else is sent: no session, no prompt, no project that you do not name.</source>
        <translation>不会发送其他任何内容：没有会话，没有提示词，没有你未写上的项目。</translation>
    </message>
    <message>
        <source>Before: {outcome}.</source>
        <translation>上一次：{outcome}。</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>You asked for more</source>
        <translation>你已申请增加</translation>
    </message>
    <message>
        <source>Your manager sees</source>
        <translation>你的经理看到</translation>
    </message>
    <message>
        <source>The decision appears here and in the small window behind the icon.</source>
        <translation>结果会显示在这里，以及点击图标后的小窗口中。</translation>
    </message>
    <message>
        <source>Take it back</source>
        <translation>撤回</translation>
    </message>
    <message>
        <source>Approved</source>
        <translation>已批准</translation>
    </message>
    <message>
        <source>Not approved</source>
        <translation>未批准</translation>
    </message>
    <message>
        <source>Taken back</source>
        <translation>已撤回</translation>
    </message>
    <message>
        <source>Not decided in time</source>
        <translation>逾期未决定</translation>
    </message>
</context>
<context>
    <name>Beyond</name>
    <message>
        <source>{host} did not answer in time</source>
        <translation>{host} 没有及时回应</translation>
    </message>
    <message>
        <source>{host} does not accept connections</source>
        <translation>{host} 不接受连接</translation>
    </message>
    <message>
        <source>{host} cannot be found: there is no network, or its name is wrong</source>
        <translation>找不到 {host}：没有网络，或名称有误</translation>
    </message>
    <message>
        <source>{host} ended the connection before it had answered</source>
        <translation>{host} 在回应之前断开了连接</translation>
    </message>
    <message>
        <source>{host} could not prove who it is, so nothing was sent to it</source>
        <translation>{host} 无法证明自己的身份，因此没有向它发送任何内容</translation>
    </message>
    <message>
        <source>The proxy on the way to {host} did not let the call through</source>
        <translation>通往 {host} 的代理没有放行</translation>
    </message>
    <message>
        <source>{host} sends to another address, which is not followed</source>
        <translation>{host} 转到另一个地址，未跟随</translation>
    </message>
    <message>
        <source>A web page came instead of {host}: this network may want you to sign in first</source>
        <translation>得到的是网页而不是 {host}：此网络可能要求先登录</translation>
    </message>
    <message>
        <source>{host} answered with something that is not JSON</source>
        <translation>{host} 的回应不是 JSON</translation>
    </message>
    <message>
        <source>The answer of {host} cannot be read</source>
        <translation>无法读取 {host} 的回应</translation>
    </message>
    <message>
        <source>The answer of {host} is too large to be a budget&apos;s</source>
        <translation>{host} 的回应太大，不像预算数据</translation>
    </message>
    <message>
        <source>{host} does not accept the token: sign in again</source>
        <translation>{host} 不接受令牌：请重新登录</translation>
    </message>
    <message>
        <source>{host} has blocked the token</source>
        <translation>{host} 已封锁该令牌</translation>
    </message>
    <message>
        <source>{host} does not allow this token to read the budget</source>
        <translation>{host} 不允许此令牌读取预算</translation>
    </message>
    <message>
        <source>{host} has no such address: check the service&apos;s kind and origin</source>
        <translation>{host} 没有这个地址：请检查服务的类型和地址</translation>
    </message>
    <message>
        <source>{host} was asked too often</source>
        <translation>对 {host} 的询问过于频繁</translation>
    </message>
    <message>
        <source>{host} has trouble of its own</source>
        <translation>{host} 自身出现问题</translation>
    </message>
    <message>
        <source>{host} did not accept the call</source>
        <translation>{host} 没有接受调用</translation>
    </message>
    <message>
        <source>{host} does not offer that</source>
        <translation>{host} 不提供此功能</translation>
    </message>
    <message>
        <source>The answer of {host} holds nothing that can be used</source>
        <translation>{host} 的回应中没有可用的内容</translation>
    </message>
    <message>
        <source>The answer of {host} has no {field} that can be used</source>
        <translation>{host} 的回应中没有可用的 {field}</translation>
    </message>
    <message>
        <source>{host} speaks version {version} of the contract, not {known}</source>
        <translation>{host} 使用的接口版本是 {version}，不是 {known}</translation>
    </message>
    <message>
        <source>{host} names another host for its calls, which is not followed</source>
        <translation>{host} 为调用指定了另一台主机，未跟随</translation>
    </message>
    <message>
        <source>{host} told no budget</source>
        <translation>{host} 没有给出预算</translation>
    </message>
    <message>
        <source>The key was blocked by whoever runs the service</source>
        <translation>密钥已被服务的管理者封锁</translation>
    </message>
    <message>
        <source>The key has expired</source>
        <translation>密钥已过期</translation>
    </message>
    <message>
        <source>{host} is asked over HTTPS alone: the token would be readable on the way</source>
        <translation>只通过 HTTPS 询问 {host}：否则令牌在途中会被读到</translation>
    </message>
    <message>
        <source>The token has characters that no token has: sign in again</source>
        <translation>令牌中有令牌不该有的字符：请重新登录</translation>
    </message>
    <message>
        <source>The proxy that the environment names cannot be used: it has to be an HTTP proxy</source>
        <translation>环境变量指定的代理无法使用：必须是 HTTP 代理</translation>
    </message>
    <message>
        <source>The answer of {host} cannot be used: {what}</source>
        <translation>无法使用 {host} 的回应：{what}</translation>
    </message>
    <message>
        <source>The policy of {host} has no version</source>
        <translation>{host} 的策略没有版本</translation>
    </message>
    <message>
        <source>{host} does not allow that</source>
        <translation>{host} 不允许这样做</translation>
    </message>
    <message>
        <source>{host} does not know it</source>
        <translation>{host} 不认识它</translation>
    </message>
    <message>
        <source>{host} did not accept it</source>
        <translation>{host} 没有接受</translation>
    </message>
    <message>
        <source>Ask who looks after your budget whether you may.</source>
        <translation>请询问管理你的预算的人是否可以。</translation>
    </message>
    <message>
        <source>Read it anew: it may be gone.</source>
        <translation>请重新读取：它可能已不存在。</translation>
    </message>
    <message>
        <source>Ask who looks after the service.</source>
        <translation>请询问管理该服务的人。</translation>
    </message>
    <message>
        <source>Ask who looks after your budget.</source>
        <translation>请询问管理你的预算的人。</translation>
    </message>
    <message>
        <source>Ask who looks after your budget in another way.</source>
        <translation>请用其他方式询问管理你的预算的人。</translation>
    </message>
    <message>
        <source>It may have been done all the same: look before you try again.</source>
        <translation>也可能已经完成：重试前请先查看。</translation>
    </message>
    <message>
        <source>Nothing was changed. Try again in a while.</source>
        <translation>没有任何改动。请稍后重试。</translation>
    </message>
    <message>
        <source>That quota is not one of the service&apos;s</source>
        <translation>该额度不属于此服务</translation>
    </message>
    <message>
        <source>See which there are: taximeter budget</source>
        <translation>查看有哪些：taximeter budget</translation>
    </message>
    <message>
        <source>Somebody else has decided already</source>
        <translation>已有别人作出决定</translation>
    </message>
    <message>
        <source>Read the figures again to see what was decided.</source>
        <translation>请重新读取数据以查看决定。</translation>
    </message>
    <message>
        <source>You are no admin of a team there</source>
        <translation>你不是那里任何团队的管理员</translation>
    </message>
    <message>
        <source>This key may read and nothing else: sign in with one that may call {route}</source>
        <translation>此密钥只能读取：请用能调用 {route} 的密钥登录</translation>
    </message>
    <message>
        <source>Nobody of that id is in a team that you lead</source>
        <translation>你带领的团队中没有此 id 的人</translation>
    </message>
    <message>
        <source>That is no limit that can be set for them</source>
        <translation>无法为其设定这样的上限</translation>
    </message>
    <message>
        <source>There is no such request that waits for you</source>
        <translation>没有等待你处理的这项申请</translation>
    </message>
    <message>
        <source>Nothing was asked</source>
        <translation>没有询问任何内容</translation>
    </message>
    <message>
        <source>Nobody is signed in to the budget service</source>
        <translation>没有登录预算服务</translation>
    </message>
    <message>
        <source>Sign in with: taximeter budget sign-in</source>
        <translation>登录命令：taximeter budget sign-in</translation>
    </message>
    <message>
        <source>No budget service is connected</source>
        <translation>没有连接预算服务</translation>
    </message>
    <message>
        <source>Connect one first.</source>
        <translation>请先连接。</translation>
    </message>
    <message>
        <source>Connect it with: taximeter budget connect KIND ORIGIN</source>
        <translation>连接命令：taximeter budget connect KIND ORIGIN</translation>
    </message>
    <message>
        <source>That service cannot be connected</source>
        <translation>无法连接该服务</translation>
    </message>
    <message>
        <source>Check its address.</source>
        <translation>请检查其地址。</translation>
    </message>
    <message>
        <source>{host} has ended the sign-in: sign in again</source>
        <translation>{host} 已结束登录：请重新登录</translation>
    </message>
    <message>
        <source>Another Taximeter renews the sign-in to {host} and does not end</source>
        <translation>另一个 Taximeter 正在续期对 {host} 的登录，尚未结束</translation>
    </message>
    <message>
        <source>The answer to the sign-in cannot be read</source>
        <translation>无法读取对登录的回应</translation>
    </message>
    <message>
        <source>The sign-in was answered without a code, or with a page that is not safe to open</source>
        <translation>对登录的回应中没有代码，或页面不安全、不宜打开</translation>
    </message>
    <message>
        <source>The sign-in was answered without a token that can be used</source>
        <translation>对登录的回应中没有可用的令牌</translation>
    </message>
    <message>
        <source>It was refused on that page</source>
        <translation>在该页面被拒绝</translation>
    </message>
    <message>
        <source>The code is no longer good</source>
        <translation>代码已失效</translation>
    </message>
    <message>
        <source>{service} offers no sign-in with a code</source>
        <translation>{service} 不提供用代码登录</translation>
    </message>
    <message>
        <source>The service was set for this computer</source>
        <translation>该服务是为这台电脑设定的</translation>
    </message>
    <message>
        <source>It stands in {file}, which an administrator can change.</source>
        <translation>它写在 {file} 中，管理员可以更改。</translation>
    </message>
    <message>
        <source>That is no token</source>
        <translation>这不是令牌</translation>
    </message>
    <message>
        <source>{origin} holds no token</source>
        <translation>{origin} 中没有令牌</translation>
    </message>
    <message>
        <source>A token is one word of plain letters, digits and signs.</source>
        <translation>令牌是由普通字母、数字和符号组成的一个词。</translation>
    </message>
    <message>
        <source>This computer has no keyring that keeps a token safely</source>
        <translation>这台电脑没有能安全保存令牌的密钥环</translation>
    </message>
    <message>
        <source>Set {variable}, or name a program that prints the token as token_command under [service].</source>
        <translation>请设定 {variable}，或在 [service] 下用 token_command 指定一个输出令牌的程序。</translation>
    </message>
    <message>
        <source>Unlock it and try again, or set {variable}, or name a program that prints the token as token_command under [service].</source>
        <translation>请解锁后重试，或设定 {variable}，或在 [service] 下用 token_command 指定一个输出令牌的程序。</translation>
    </message>
    <message>
        <source>The keyring gave an error ({kind})</source>
        <translation>密钥环出错（{kind}）</translation>
    </message>
    <message>
        <source>The keyring did not answer within {n} seconds</source>
        <translation>密钥环在 {n} 秒内没有回应</translation>
    </message>
    <message>
        <source>The token command {name} did not end within {n} seconds</source>
        <translation>令牌命令 {name} 在 {n} 秒内没有结束</translation>
    </message>
    <message>
        <source>The token command {name} cannot be run</source>
        <translation>无法运行令牌命令 {name}</translation>
    </message>
    <message>
        <source>The token command {name} failed with {n}</source>
        <translation>令牌命令 {name} 失败，代码 {n}</translation>
    </message>
    <message>
        <source>Run it in a terminal to see what it waits for.</source>
        <translation>请在终端中运行，看它在等什么。</translation>
    </message>
    <message>
        <source>Run it in a terminal to see why.</source>
        <translation>请在终端中运行以查看原因。</translation>
    </message>
    <message>
        <source>Check token_command under [service].</source>
        <translation>请检查 [service] 下的 token_command。</translation>
    </message>
    <message>
        <source>{file} cannot be read</source>
        <translation>无法读取 {file}</translation>
    </message>
    <message>
        <source>Remove it and sign in again.</source>
        <translation>请移除它并重新登录。</translation>
    </message>
    <message>
        <source>The disk is full</source>
        <translation>磁盘已满</translation>
    </message>
    <message>
        <source>Nothing new can be recorded until there is room; what is there is kept.</source>
        <translation>腾出空间之前无法记录新内容；已有的会保留。</translation>
    </message>
    <message>
        <source>The ledger is damaged</source>
        <translation>账本已损坏</translation>
    </message>
    <message>
        <source>{file} could not be read ({error}). Restore a backup, or move it away: the logs are read again.</source>
        <translation>无法读取 {file}（{error}）。请恢复备份，或把它移走：会重新读取日志。</translation>
    </message>
    <message>
        <source>The ledger is in use</source>
        <translation>账本正在使用中</translation>
    </message>
    <message>
        <source>Another program keeps it locked; try again in a moment.</source>
        <translation>另一个程序锁定了它；请稍后重试。</translation>
    </message>
    <message>
        <source>The ledger cannot be opened</source>
        <translation>无法打开账本</translation>
    </message>
    <message>
        <source>Check that {file} exists and that you may write to its folder.</source>
        <translation>请检查 {file} 是否存在，以及你能否写入其文件夹。</translation>
    </message>
    <message>
        <source>The ledger failed</source>
        <translation>账本出错</translation>
    </message>
    <message>
        <source>SQLite says: {error}.</source>
        <translation>SQLite：{error}。</translation>
    </message>
    <message>
        <source>The ledger was written by a newer Taximeter</source>
        <translation>账本由更新版本的 Taximeter 写成</translation>
    </message>
    <message>
        <source>It has format {found}, this version knows {known}. Nothing was changed. Install the newer version again, or move {file} away to start a new ledger.</source>
        <translation>其格式为 {found}，此版本只认识 {known}。没有任何改动。请重新安装更新的版本，或移走 {file} 以新建账本。</translation>
    </message>
    <message>
        <source>Another Taximeter keeps the ledger</source>
        <translation>另一个 Taximeter 正在管理账本</translation>
    </message>
    <message>
        <source>End it, then try again. Nothing was removed.</source>
        <translation>请结束它后重试。没有移除任何内容。</translation>
    </message>
    <message>
        <source>End it, then try again. Nothing was moved.</source>
        <translation>请结束它后重试。没有移动任何内容。</translation>
    </message>
    <message>
        <source>That takes very long</source>
        <translation>这需要很长时间</translation>
    </message>
    <message>
        <source>It goes on in the background; look again later.</source>
        <translation>会在后台继续；请稍后再看。</translation>
    </message>
    <message>
        <source>{file} exists already</source>
        <translation>{file} 已存在</translation>
    </message>
    <message>
        <source>Name a file that does not.</source>
        <translation>请指定一个不存在的文件。</translation>
    </message>
    <message>
        <source>The copy is damaged</source>
        <translation>副本已损坏</translation>
    </message>
    <message>
        <source>It was removed again ({told}); check the disk.</source>
        <translation>已将其移除（{told}）；请检查磁盘。</translation>
    </message>
    <message>
        <source>{file} is not empty</source>
        <translation>{file} 不是空的</translation>
    </message>
    <message>
        <source>Name a new folder.</source>
        <translation>请指定一个新文件夹。</translation>
    </message>
    <message>
        <source>{file} lies inside the folder that is to move</source>
        <translation>{file} 位于要移动的文件夹内</translation>
    </message>
    <message>
        <source>Name another place.</source>
        <translation>请指定另一个位置。</translation>
    </message>
    <message>
        <source>The folder could not be moved</source>
        <translation>无法移动文件夹</translation>
    </message>
    <message>
        <source>The system allows no link here: {reason}.</source>
        <translation>系统不允许在此创建链接：{reason}。</translation>
    </message>
    <message>
        <source>Cannot write {file}</source>
        <translation>无法写入 {file}</translation>
    </message>
    <message>
        <source>Cannot read {file}</source>
        <translation>无法读取 {file}</translation>
    </message>
    <message>
        <source>Cannot delete {file}</source>
        <translation>无法删除 {file}</translation>
    </message>
    <message>
        <source>Cannot create the folder {file}</source>
        <translation>无法创建文件夹 {file}</translation>
    </message>
    <message>
        <source>{file} cannot be written</source>
        <translation>无法写入 {file}</translation>
    </message>
    <message>
        <source>{file} cannot be removed</source>
        <translation>无法移除 {file}</translation>
    </message>
    <message>
        <source>{file} cannot be changed</source>
        <translation>无法更改 {file}</translation>
    </message>
    <message>
        <source>{reason}. Nothing was changed.</source>
        <translation>{reason}。没有任何改动。</translation>
    </message>
    <message>
        <source>{reason}. Nothing was moved.</source>
        <translation>{reason}。没有移动任何内容。</translation>
    </message>
    <message>
        <source>{reason}. Check its permissions.</source>
        <translation>{reason}。请检查其权限。</translation>
    </message>
    <message>
        <source>{reason}. Remove it by hand.</source>
        <translation>{reason}。请手动移除。</translation>
    </message>
    <message>
        <source>{reason}. Delete it by hand.</source>
        <translation>{reason}。请手动删除。</translation>
    </message>
    <message>
        <source>{reason}. Correct it and try again.</source>
        <translation>{reason}。请改正后重试。</translation>
    </message>
    <message>
        <source>{file} is a file, not a folder</source>
        <translation>{file} 是文件，不是文件夹</translation>
    </message>
    <message>
        <source>{file} belongs to another user</source>
        <translation>{file} 属于另一个用户</translation>
    </message>
    <message>
        <source>Set XDG_RUNTIME_DIR or TAXIMETER_HOME to a folder of yours.</source>
        <translation>请把 XDG_RUNTIME_DIR 或 TAXIMETER_HOME 设为你自己的文件夹。</translation>
    </message>
    <message>
        <source>Move it away and start again.</source>
        <translation>请把它移走后重新启动。</translation>
    </message>
    <message>
        <source>{file} is missing</source>
        <translation>缺少 {file}</translation>
    </message>
    <message>
        <source>Install Taximeter again.</source>
        <translation>请重新安装 Taximeter。</translation>
    </message>
    <message>
        <source>{file} is not UTF-8 text</source>
        <translation>{file} 不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>{file} is not a text in UTF-8</source>
        <translation>{file} 不是 UTF-8 文本</translation>
    </message>
    <message>
        <source>Save it as UTF-8, or move it away.</source>
        <translation>请存为 UTF-8，或把它移走。</translation>
    </message>
    <message>
        <source>Save it as UTF-8 and try again.</source>
        <translation>请存为 UTF-8 后重试。</translation>
    </message>
    <message>
        <source>{file} is not valid JSON</source>
        <translation>{file} 不是有效的 JSON</translation>
    </message>
    <message>
        <source>{file} is not valid TOML</source>
        <translation>{file} 不是有效的 TOML</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} cannot be used</source>
        <translation>{file} 第 {line} 行：{key} 无法使用</translation>
    </message>
    <message>
        <source>{file}, line {line}, cannot be read</source>
        <translation>{file} 第 {line} 行无法读取</translation>
    </message>
    <message>
        <source>{file}, line {line}: {key} means nothing here</source>
        <translation>{file} 第 {line} 行：{key} 在这里没有意义</translation>
    </message>
    <message>
        <source>{reason}. Correct that line.</source>
        <translation>{reason}。请改正该行。</translation>
    </message>
    <message>
        <source>It has to be a whole number from {low} to {high}.</source>
        <translation>必须是 {low} 到 {high} 的整数。</translation>
    </message>
    <message>
        <source>It has to be one of {choices}.</source>
        <translation>必须是以下之一：{choices}。</translation>
    </message>
    <message>
        <source>It has to be a list of texts in quotes, none of them empty.</source>
        <translation>必须是带引号的文本列表，且没有空的。</translation>
    </message>
    <message>
        <source>It has to be a list of these: {choices}.</source>
        <translation>必须是由这些组成的列表：{choices}。</translation>
    </message>
    <message>
        <source>It has to be written as [[{key}]], once for each.</source>
        <translation>必须写成 [[{key}]]，每项一次。</translation>
    </message>
    <message>
        <source>It has to be three capital letters, such as USD or EUR.</source>
        <translation>必须是三个大写字母，例如 USD 或 EUR。</translation>
    </message>
    <message>
        <source>It has to be https:// and a host; http:// is for this computer alone.</source>
        <translation>必须是 https:// 加主机；http:// 只用于本机。</translation>
    </message>
    <message>
        <source>It has to be {kind}.</source>
        <translation>必须是 {kind}。</translation>
    </message>
    <message>
        <source>Each budget needs an id of its own.</source>
        <translation>每个预算需要自己的 id。</translation>
    </message>
    <message>
        <source>A budget needs a name.</source>
        <translation>预算需要名称。</translation>
    </message>
    <message>
        <source>A secret never stands in the settings: use TAXIMETER_TOKEN or token_command.</source>
        <translation>机密绝不写在设置中：请使用 TAXIMETER_TOKEN 或 token_command。</translation>
    </message>
    <message>
        <source>The service needs an origin, such as https://budget.example.com.</source>
        <translation>服务需要地址，例如 https://budget.example.com。</translation>
    </message>
    <message>
        <source>The service needs a kind: {choices}.</source>
        <translation>服务需要类型：{choices}。</translation>
    </message>
    <message>
        <source>A service of this kind has no path after its host: it tells it itself.</source>
        <translation>这类服务的主机后面没有路径：它会自己说明。</translation>
    </message>
    <message>
        <source>Your company sets {key}</source>
        <translation>{key} 由公司设定</translation>
    </message>
    <message>
        <source>It comes from {source}. Nothing was changed.</source>
        <translation>来自 {source}。没有任何改动。</translation>
    </message>
    <message>
        <source>{file} cannot be changed from here</source>
        <translation>无法在这里更改 {file}</translation>
    </message>
    <message>
        <source>Something in it would be lost; edit it by hand.</source>
        <translation>其中的一些内容会丢失；请手动编辑。</translation>
    </message>
    <message>
        <source>The budget {name} is in {currency}, the prices are in {other}</source>
        <translation>预算 {name} 的货币是 {currency}，价格的货币是 {other}</translation>
    </message>
    <message>
        <source>Set the budget in {currency}, or use a price file in {other}: money is not converted.</source>
        <translation>请用 {currency} 设定预算，或使用 {other} 的价格文件：不换算货币。</translation>
    </message>
    <message>
        <source>Cannot read the price file {file}</source>
        <translation>无法读取价格文件 {file}</translation>
    </message>
    <message>
        <source>The published price list could not be fetched</source>
        <translation>无法获取公布的价格表</translation>
    </message>
    <message>
        <source>{reason}. The old prices stay; try again when {host} can be reached.</source>
        <translation>{reason}。旧价格保持不变；能连接 {host} 时再试。</translation>
    </message>
    <message>
        <source>The published price list is too large or too slow</source>
        <translation>公布的价格表太大或太慢</translation>
    </message>
    <message>
        <source>The fetched price list holds nothing of {what}</source>
        <translation>获取的价格表中没有 {what}</translation>
    </message>
    <message>
        <source>The old prices stay.</source>
        <translation>旧价格保持不变。</translation>
    </message>
    <message>
        <source>What was fetched is not a price list</source>
        <translation>获取到的不是价格表</translation>
    </message>
    <message>
        <source>{reason}. The old prices stay.</source>
        <translation>{reason}。旧价格保持不变。</translation>
    </message>
    <message>
        <source>The refreshed price list cannot be read</source>
        <translation>无法读取更新后的价格表</translation>
    </message>
    <message>
        <source>{file} has no exchange rate from {currency} to {other}</source>
        <translation>{file} 中没有从 {currency} 到 {other} 的汇率</translation>
    </message>
    <message>
        <source>Add [[exchange]] with currency = {currency}, rate = (what one {one} is in {other}) and valid_from; it stays fixed.</source>
        <translation>请添加 [[exchange]]：currency = {currency}，rate =（1 {one} 折合多少 {other}），以及 valid_from；它保持固定。</translation>
    </message>
    <message>
        <source>Each [[rate]] needs a model, such as {example}.</source>
        <translation>每个 [[rate]] 需要模型，例如 {example}。</translation>
    </message>
    <message>
        <source>Its [[rate]] has no price: add input and output, or a multiplier on the list.</source>
        <translation>该 [[rate]] 没有价格：请添加 input 和 output，或相对价格表的倍数。</translation>
    </message>
    <message>
        <source>Say from how many prompt tokens these prices hold.</source>
        <translation>请写明从多少提示 token 起适用这些价格。</translation>
    </message>
    <message>
        <source>An [[exchange]] needs a currency and its rate, more than 0, in the book&apos;s currency.</source>
        <translation>[[exchange]] 需要货币及其汇率（大于 0，以价目表货币计）。</translation>
    </message>
    <message>
        <source>Correct its spelling or leave it out.</source>
        <translation>请改正拼写，或删去。</translation>
    </message>
    <message>
        <source>It stands in place of prices: leave out one or the other.</source>
        <translation>它取代价格：请删去其中之一。</translation>
    </message>
    <message>
        <source>A multiplier applies to everything that the list charges; leave this out.</source>
        <translation>倍数适用于价格表的所有收费；请删去此项。</translation>
    </message>
    <message>
        <source>The price corrections that ship with Taximeter are damaged</source>
        <translation>随 Taximeter 提供的价格更正已损坏</translation>
    </message>
    <message>
        <source>Install it again.</source>
        <translation>请重新安装。</translation>
    </message>
    <message>
        <source>Your key</source>
        <translation>你的密钥</translation>
    </message>
    <message>
        <source>Your share of {team}</source>
        <translation>你在 {team} 中的份额</translation>
    </message>
    <message>
        <source>weekly window</source>
        <translation>每周窗口</translation>
    </message>
    <message>
        <source>daily window</source>
        <translation>每日窗口</translation>
    </message>
    <message>
        <source>{n}-day window</source>
        <translation>{n} 天窗口</translation>
    </message>
    <message>
        <source>{n}-hour window</source>
        <translation>{n} 小时窗口</translation>
    </message>
    <message>
        <source>{n}-minute window</source>
        <translation>{n} 分钟窗口</translation>
    </message>
    <message>
        <source>{agent}, weekly window</source>
        <translation>{agent}，每周窗口</translation>
    </message>
    <message>
        <source>{agent}, daily window</source>
        <translation>{agent}，每日窗口</translation>
    </message>
    <message>
        <source>{agent}, {n}-day window</source>
        <translation>{agent}，{n} 天窗口</translation>
    </message>
    <message>
        <source>{agent}, {n}-hour window</source>
        <translation>{agent}，{n} 小时窗口</translation>
    </message>
    <message>
        <source>{agent}, {n}-minute window</source>
        <translation>{agent}，{n} 分钟窗口</translation>
    </message>
    <message>
        <source>Monthly budget</source>
        <translation>每月预算</translation>
    </message>
    <message>
        <source>Weekly budget</source>
        <translation>每周预算</translation>
    </message>
    <message>
        <source>Daily budget</source>
        <translation>每日预算</translation>
    </message>
    <message>
        <source>Your administrator has switched hooks off in {file}.</source>
        <translation>管理员已在 {file} 中关闭钩子。</translation>
    </message>
    <message>
        <source>Your administrator has switched all hooks off in {file}.</source>
        <translation>管理员已在 {file} 中关闭所有钩子。</translation>
    </message>
    <message>
        <source>Your administrator has installed the hooks, in {file}.</source>
        <translation>管理员已在 {file} 中安装钩子。</translation>
    </message>
    <message>
        <source>Your administrator allows only hooks of {file}: ask for Taximeter&apos;s to be put there.</source>
        <translation>管理员只允许 {file} 中的钩子：请要求把 Taximeter 的钩子放进去。</translation>
    </message>
    <message>
        <source>The agent does not trust the hooks as they stand and skips them: run `{command}`.</source>
        <translation>智能体不信任现在的钩子，会跳过它们：请运行 `{command}`。</translation>
    </message>
    <message>
        <source>The program that the hooks start is gone, so nothing is asked: run `{command}`.</source>
        <translation>钩子启动的程序已不存在，因此不会询问：请运行 `{command}`。</translation>
    </message>
    <message>
        <source>{file} was changed by somebody else just now</source>
        <translation>{file} 刚刚被别人更改</translation>
    </message>
    <message>
        <source>Nothing was changed; try again.</source>
        <translation>没有任何改动；请重试。</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>没有任何改动。</translation>
    </message>
    <message>
        <source>{file} does not hold settings</source>
        <translation>{file} 中没有设置</translation>
    </message>
    <message>
        <source>No Python was found to start the hook with</source>
        <translation>没有找到用来启动钩子的 Python</translation>
    </message>
    <message>
        <source>Install Python 3.9 or newer where it stays (such as your system&apos;s python3), and install the hooks again.</source>
        <translation>请安装 Python 3.9 或更新版本（放在固定位置，例如系统的 python3），然后重新安装钩子。</translation>
    </message>
    <message>
        <source>The agent did not say which hooks it knows</source>
        <translation>智能体没有说明它认识哪些钩子</translation>
    </message>
    <message>
        <source>Ask again later, or look at its own list of hooks.</source>
        <translation>请稍后再问，或查看它自己的钩子列表。</translation>
    </message>
    <message>
        <source>The agent&apos;s answer about its hooks was not understood</source>
        <translation>无法理解智能体关于钩子的回应</translation>
    </message>
    <message>
        <source>Look at its own list.</source>
        <translation>请查看它自己的列表。</translation>
    </message>
    <message>
        <source>{command} cannot be started</source>
        <translation>无法启动 {command}</translation>
    </message>
    <message>
        <source>Taximeter runs already, but does not answer</source>
        <translation>Taximeter 已在运行，但没有回应</translation>
    </message>
    <message>
        <source>End it and start again if its icon is gone.</source>
        <translation>如果图标已消失，请结束它并重新启动。</translation>
    </message>
    <message>
        <source>This system has no local sockets</source>
        <translation>此系统没有本地套接字</translation>
    </message>
    <message>
        <source>Nobody can be asked, and a second start cannot raise it.</source>
        <translation>无法询问任何人，再次启动也无法唤起它。</translation>
    </message>
    <message>
        <source>The local socket cannot be made</source>
        <translation>无法创建本地套接字</translation>
    </message>
    <message>
        <source>{file} begins with a byte order mark</source>
        <translation>{file} 以字节顺序标记开头</translation>
    </message>
    <message>
        <source>Save it as UTF-8 without one and try again.</source>
        <translation>请存为不带它的 UTF-8 后重试。</translation>
    </message>
    <message>
        <source>&quot;hooks&quot; has something other than a list for {event}: correct it.</source>
        <translation>&quot;hooks&quot; 中 {event} 的值不是列表：请改正。</translation>
    </message>
    <message>
        <source>It has to be an object, and &quot;hooks&quot; in it too: correct it.</source>
        <translation>它必须是对象，其中的 &quot;hooks&quot; 也是：请改正。</translation>
    </message>
    <message>
        <source>A folder&apos;s name cannot be written into settings</source>
        <translation>文件夹的名称无法写入设置</translation>
    </message>
    <message>
        <source>Rename it: it has to be UTF-8.</source>
        <translation>请重命名：必须是 UTF-8。</translation>
    </message>
    <message>
        <source>{reason}. Delete the folder by hand.</source>
        <translation>{reason}。请手动删除该文件夹。</translation>
    </message>
    <message>
        <source>The Run key cannot be {done}</source>
        <translation>无法对 Run 键进行操作（{done}）</translation>
    </message>
    <message>
        <source>There is no Run key on this system</source>
        <translation>此系统没有 Run 键</translation>
    </message>
    <message>
        <source>Nothing is asked as long as the mode is &quot;observe&quot; in the settings.</source>
        <translation>只要设置中的模式是 &quot;observe&quot;，就不会询问。</translation>
    </message>
    <message>
        <source>Nothing is asked as long as the mode is &quot;off&quot; in the settings.</source>
        <translation>只要设置中的模式是 &quot;off&quot;，就不会询问。</translation>
    </message>
</context>
<context>
    <name>Breakdown</name>
    <message>
        <source>at list price</source>
        <translation>按标价</translation>
    </message>
    <message>
        <source>Where it went</source>
        <translation>花在哪里</translation>
    </message>
    <message>
        <source>Agents over time, and the cost so far</source>
        <translation>智能体随时间的运行与累计费用</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Dearest turns</source>
        <translation>费用最高的轮次</translation>
    </message>
    <message>
        <source>Launches</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>如何得出</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>{start} to {end}</source>
        <translation>{start} 至 {end}</translation>
    </message>
    <message>
        <source>1 turn</source>
        <translation>1 轮</translation>
    </message>
    <message>
        <source>{n} turns</source>
        <translation>{n} 轮</translation>
    </message>
    <message>
        <source>1 agent</source>
        <translation>1 个智能体</translation>
    </message>
    <message>
        <source>{n} agents</source>
        <translation>{n} 个智能体</translation>
    </message>
    <message>
        <source>{n} at once</source>
        <translation>同时 {n} 个</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>输入</translation>
    </message>
    <message>
        <source>Cache read</source>
        <translation>缓存读取</translation>
    </message>
    <message>
        <source>Cache write</source>
        <translation>缓存写入</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>输出</translation>
    </message>
    <message>
        <source>Fees</source>
        <translation>附加费</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Launch</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Forecast</source>
        <translation>预测</translation>
    </message>
    <message>
        <source>Came to</source>
        <translation>实际</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>范围</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 次运行</translation>
    </message>
    <message>
        <source>All {n} runs</source>
        <translation>全部 {n} 次运行</translation>
    </message>
    <message>
        <source>All models</source>
        <translation>全部模型</translation>
    </message>
    <message>
        <source>main</source>
        <translation>主</translation>
    </message>
    <message>
        <source>review</source>
        <translation>审查</translation>
    </message>
    <message>
        <source>subagent</source>
        <translation>子智能体</translation>
    </message>
    <message>
        <source>{n} of {all} turns are priced exactly.</source>
        <translation>{all} 轮中有 {n} 轮计价准确。</translation>
    </message>
    <message>
        <source>{n} are estimated: something that decides their price is not in the log.</source>
        <translation>{n} 轮为估算：决定价格的信息不在日志里。</translation>
    </message>
    <message>
        <source>{n} log only a part of what they used, so the cost is at least this.</source>
        <translation>{n} 轮只记录了用量的一部分，所以费用至少是这么多。</translation>
    </message>
    <message>
        <source>{n} turns with {tokens} tokens have no price: no price book knows their model, or the log does not name it. They are not in the amount.</source>
        <translation>{n} 轮共 {tokens} token 没有价格：没有价目表认识其模型，或日志未写明。它们不在金额内。</translation>
    </message>
    <message>
        <source>A launch&apos;s forecast has a part for reading its results. What its agents came to is held against the rest of it.</source>
        <translation>启动的预测中有一部分用于读取结果；智能体的实际费用与其余部分比较。</translation>
    </message>
    <message>
        <source>Prices: book {books}.</source>
        <translation>价格：价目表 {books}。</translation>
    </message>
    <message>
        <source>The amount is at list price. It is not your bill.</source>
        <translation>金额按标价计算，不是你的账单。</translation>
    </message>
    <message>
        <source>Premium requests that its plan counted: {n}. They are no money.</source>
        <translation>套餐计入的高级请求：{n}。这不是金额。</translation>
    </message>
    <message>
        <source>AI units that its plan counted: {n}. They are no money.</source>
        <translation>套餐计入的 AI 单位：{n}。这不是金额。</translation>
    </message>
    <message>
        <source>unpriced</source>
        <translation>无价格</translation>
    </message>
    <message>
        <source>Turns</source>
        <translation>轮次</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>not named in the log</source>
        <translation>日志未写明</translation>
    </message>
</context>
<context>
    <name>Bridge</name>
    <message>
        <source>That did not work</source>
        <translation>没有成功</translation>
    </message>
    <message>
        <source>The log says more.</source>
        <translation>日志中有更多说明。</translation>
    </message>
    <message>
        <source>The figures could not be read</source>
        <translation>无法读取数据</translation>
    </message>
    <message>
        <source>The last ones are still shown; the log says more.</source>
        <translation>仍显示上次的数据；日志中有更多说明。</translation>
    </message>
</context>
<context>
    <name>Connect</name>
    <message>
        <source>Connect your company&apos;s service</source>
        <translation>连接公司的服务</translation>
    </message>
    <message>
        <source>If your company runs a budget service, Taximeter shows what is left of your quota. The address is asked what it is, without saying who asks. No prompt, project or file name is ever sent by itself; a service that sets amounts aside is told one, and how many agents start, of each launch that you let go.</source>
        <translation>如果公司有预算服务，Taximeter 会显示你的额度还剩多少。只会询问该地址是什么服务，不说明谁在询问。绝不自行发送提示词、项目名或文件名；对于会预留额度的服务，只会在你放行启动时告知预留的额度和启动的智能体数量。</translation>
    </message>
    <message>
        <source>Address of the service</source>
        <translation>服务地址</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>查看</translation>
    </message>
    <message>
        <source>Look what answers at the address</source>
        <translation>查看该地址上是什么服务</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>服务类型</translation>
    </message>
    <message>
        <source>What you call it</source>
        <translation>你对它的称呼</translation>
    </message>
    <message>
        <source>What you call the service</source>
        <translation>你对该服务的称呼</translation>
    </message>
    <message>
        <source>It pays for</source>
        <translation>它支付</translation>
    </message>
    <message>
        <source>Everything that agents do here</source>
        <translation>智能体在这里所做的一切</translation>
    </message>
    <message>
        <source>These agents alone</source>
        <translation>仅这些智能体</translation>
    </message>
    <message>
        <source>Connect and sign in</source>
        <translation>连接并登录</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Asking that address what it is</source>
        <translation>正在询问该地址是什么服务</translation>
    </message>
    <message>
        <source>Type an address such as https://budget.example.com. http:// is for this computer alone.</source>
        <translation>请输入地址，例如 https://budget.example.com。http:// 只用于本机。</translation>
    </message>
    <message>
        <source>{what} answers at {host}.</source>
        <translation>{host} 上是 {what}。</translation>
    </message>
    <message>
        <source>{what}. Choose what it is, or try again later.</source>
        <translation>{what}。请选择服务类型，或稍后重试。</translation>
    </message>
    <message>
        <source>{host} does not tell what it is. Choose it.</source>
        <translation>{host} 没有说明自己是什么服务。请选择。</translation>
    </message>
    <message>
        <source>{name} at {host}</source>
        <translation>{name}（{host}）</translation>
    </message>
    <message>
        <source>Connected to {service}.</source>
        <translation>已连接 {service}。</translation>
    </message>
    <message>
        <source>Your company has set {service} for this computer.</source>
        <translation>公司为这台电脑设定了 {service}。</translation>
    </message>
    <message>
        <source>Nobody is signed in yet.</source>
        <translation>尚未登录。</translation>
    </message>
    <message>
        <source>You are signed in.</source>
        <translation>你已登录。</translation>
    </message>
    <message>
        <source>You are signed in until Taximeter is closed.</source>
        <translation>你已登录，直到 Taximeter 关闭。</translation>
    </message>
    <message>
        <source>The token comes from {what}.</source>
        <translation>令牌来自 {what}。</translation>
    </message>
    <message>
        <source>Sign in again</source>
        <translation>重新登录</translation>
    </message>
    <message>
        <source>Choose what it pays for. What something else pays is not taken off its figures.</source>
        <translation>请选择它支付什么。由别处支付的用量不会从它的数据中扣除。</translation>
    </message>
    <message>
        <source>Choose an agent, or everything.</source>
        <translation>请选择一个智能体，或选择全部。</translation>
    </message>
</context>
<context>
    <name>Dates</name>
    <message>
        <source>ddd d MMM</source>
        <translation>M月d日 ddd</translation>
    </message>
    <message>
        <source>d MMMM</source>
        <translation>M月d日</translation>
    </message>
    <message>
        <source>d MMMM yyyy</source>
        <translation>yyyy年M月d日</translation>
    </message>
    <message>
        <source>dddd d MMMM</source>
        <translation>M月d日 dddd</translation>
    </message>
</context>
<context>
    <name>Days</name>
    <message>
        <source>others</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>费用</translation>
    </message>
    <message>
        <source>All days</source>
        <translation>全部日期</translation>
    </message>
    <message>
        <source>not named</source>
        <translation>未写明</translation>
    </message>
    <message>
        <source>{model} (fast)</source>
        <translation>{model}（快速）</translation>
    </message>
    <message>
        <source>Cost by day: {n} days, {cost}</source>
        <translation>每日费用：{n} 天，{cost}</translation>
    </message>
    <message>
        <source>Bars by</source>
        <translation>柱形按</translation>
    </message>
    <message>
        <source>By agent</source>
        <translation>按智能体</translation>
    </message>
    <message>
        <source>By model</source>
        <translation>按模型</translation>
    </message>
    <message>
        <source>Copy as table</source>
        <translation>复制为表格</translation>
    </message>
    <message>
        <source>{cost}, at list price</source>
        <translation>{cost}，按标价</translation>
    </message>
    <message>
        <source>Nothing used in this period</source>
        <translation>这段时间没有使用</translation>
    </message>
    <message>
        <source>Cost by day</source>
        <translation>每日费用</translation>
    </message>
</context>
<context>
    <name>Details</name>
    <message>
        <source>Requests are refused</source>
        <translation>请求会被拒绝</translation>
    </message>
    <message>
        <source>Requests are slowed</source>
        <translation>请求会变慢</translation>
    </message>
    <message>
        <source>Nothing is stopped, your company is told</source>
        <translation>不会中断，公司会得知</translation>
    </message>
    <message>
        <source>Nothing is stopped, it only counts</source>
        <translation>不会中断，只计数</translation>
    </message>
    <message>
        <source>Nothing is stopped, it is your own budget</source>
        <translation>不会中断，这是你自己的预算</translation>
    </message>
    <message>
        <source>What stopped, and what still works</source>
        <translation>什么停了，什么还能用</translation>
    </message>
    <message>
        <source>What is slowed, and what is not</source>
        <translation>什么变慢了，什么没有</translation>
    </message>
    <message>
        <source>What that means, and the other limits</source>
        <translation>这意味着什么，以及其他额度</translation>
    </message>
    <message>
        <source>{effect} until your company lifts it.</source>
        <translation>{effect}，直到公司解除。</translation>
    </message>
    <message>
        <source>{effect}. It takes a higher limit.</source>
        <translation>{effect}。需要更高的上限。</translation>
    </message>
    <message>
        <source>{effect}. It is never reset.</source>
        <translation>{effect}。它不会重置。</translation>
    </message>
    <message>
        <source>{effect} until {moment}.</source>
        <translation>{effect}，直到 {moment}。</translation>
    </message>
    <message>
        <source>Nobody said what it pays for, so nothing of this desktop is taken off it.
To say it: taximeter budget connect --help</source>
        <translation>没有人说明它支付什么，因此不会扣除本机的用量。
要说明：taximeter budget connect --help</translation>
    </message>
    <message>
        <source>Past the {amount} at which your company warns</source>
        <translation>已超过公司提醒的 {amount}</translation>
    </message>
    <message>
        <source>Your company warns at {amount} used</source>
        <translation>用到 {amount} 时公司会提醒</translation>
    </message>
    <message>
        <source>Small triangle: your company warns at {amount} used</source>
        <translation>小三角：用到 {amount} 时公司会提醒</translation>
    </message>
    <message>
        <source>Granted to {who}</source>
        <translation>授予 {who}</translation>
    </message>
    <message>
        <source>Set by {source}</source>
        <translation>由 {source} 设定</translation>
    </message>
    <message>
        <source>{quota}, told by {service}</source>
        <translation>{quota}，来自 {service}</translation>
    </message>
    <message>
        <source>{amount} held for launches that run</source>
        <translation>为正在运行的启动预留 {amount}</translation>
    </message>
    <message>
        <source>Includes {amount} more for a while</source>
        <translation>包含临时增加的 {amount}</translation>
    </message>
    <message>
        <source>Includes {amount} more until {day}</source>
        <translation>包含到{day}为止增加的 {amount}</translation>
    </message>
    <message>
        <source>When it is used up, requests are refused</source>
        <translation>用完后请求会被拒绝</translation>
    </message>
    <message>
        <source>When it is used up, requests are slowed</source>
        <translation>用完后请求会变慢</translation>
    </message>
    <message>
        <source>When it is used up, nothing is stopped; your company is told</source>
        <translation>用完后不会中断，公司会得知</translation>
    </message>
    <message>
        <source>When it is used up, nothing is stopped; it only counts</source>
        <translation>用完后不会中断，只计数</translation>
    </message>
</context>
<context>
    <name>Figures</name>
    <message>
        <source>&lt; {amount}</source>
        <translation>&lt; {amount}</translation>
    </message>
    <message>
        <source>under 1 %</source>
        <translation>不到 1 %</translation>
    </message>
    <message>
        <source>under 1 min</source>
        <translation>不到 1 分钟</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n} 分钟</translation>
    </message>
    <message>
        <source>{n} h</source>
        <translation>{n} 小时</translation>
    </message>
    <message>
        <source>{h} h {m} min</source>
        <translation>{h} 小时 {m} 分钟</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>tomorrow</source>
        <translation>明天</translation>
    </message>
    <message>
        <source>yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>{day} {time}</source>
        <translation>{day} {time}</translation>
    </message>
    <message>
        <source>{date}, {time}</source>
        <translation>{date} {time}</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>刚刚</translation>
    </message>
    <message>
        <source>{n} s ago</source>
        <translation>{n} 秒前</translation>
    </message>
    <message>
        <source>{n} min ago</source>
        <translation>{n} 分钟前</translation>
    </message>
    <message>
        <source>as of {moment}</source>
        <translation>截至 {moment}</translation>
    </message>
    <message>
        <source>{n} days to go</source>
        <translation>还有 {n} 天</translation>
    </message>
    <message>
        <source>{span} to go</source>
        <translation>还有 {span}</translation>
    </message>
    <message>
        <source>{count} tokens unpriced</source>
        <translation>{count} token 无价格</translation>
    </message>
    <message>
        <source>{count} unpriced</source>
        <translation>{count} 无价格</translation>
    </message>
    <message>
        <source>at least {amount}</source>
        <translation>至少 {amount}</translation>
    </message>
    <message>
        <source>about {amount}</source>
        <translation>约 {amount}</translation>
    </message>
</context>
<context>
    <name>Filters</name>
    <message>
        <source>Period</source>
        <translation>时间段</translation>
    </message>
    <message>
        <source>All agents</source>
        <translation>全部智能体</translation>
    </message>
    <message>
        <source>Agent</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>All projects</source>
        <translation>全部项目</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>排序</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search projects and branches</source>
        <translation>搜索项目和分支</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 天</translation>
    </message>
    <message>
        <source>This month</source>
        <translation>本月</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 天</translation>
    </message>
    <message>
        <source>All time</source>
        <translation>全部时间</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>最新在前</translation>
    </message>
    <message>
        <source>Dearest first</source>
        <translation>费用最高在前</translation>
    </message>
    <message>
        <source>Most tokens first</source>
        <translation>token 最多在前</translation>
    </message>
    <message>
        <source>By project</source>
        <translation>按项目</translation>
    </message>
</context>
<context>
    <name>FirstRun</name>
    <message>
        <source>Welcome to Taximeter</source>
        <translation>欢迎使用 Taximeter</translation>
    </message>
    <message>
        <source>Only you see this. Nothing has been sent.</source>
        <translation>只有你能看到。没有发送任何内容。</translation>
    </message>
    <message>
        <source>You can close this window; reading goes on.</source>
        <translation>可以关闭此窗口；读取会继续。</translation>
    </message>
    <message>
        <source>Set a budget, if you like</source>
        <translation>需要的话，设定一个预算</translation>
    </message>
    <message>
        <source>Taximeter then says whether it lasts. It warns and stops nothing.</source>
        <translation>Taximeter 会告诉你够不够用。它只提醒，不中断任何工作。</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数额</translation>
    </message>
    <message>
        <source>Budget amount</source>
        <translation>预算数额</translation>
    </message>
    <message>
        <source>Budget period</source>
        <translation>预算周期</translation>
    </message>
    <message>
        <source>a month</source>
        <translation>每月</translation>
    </message>
    <message>
        <source>a week</source>
        <translation>每周</translation>
    </message>
    <message>
        <source>a day</source>
        <translation>每天</translation>
    </message>
    <message>
        <source>Set the budget</source>
        <translation>设定预算</translation>
    </message>
    <message>
        <source>Show the sessions</source>
        <translation>查看会话</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>完成</translation>
    </message>
    <message>
        <source>Only you see this. Nothing of your work has been sent.</source>
        <translation>只有你能看到。没有发送你的任何工作内容。</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 个会话</translation>
    </message>
    <message>
        <source>{n} sessions</source>
        <translation>{n} 个会话</translation>
    </message>
    <message>
        <source>in the last 30 days, {count}, at list price, not your bill</source>
        <translation>最近 30 天，{count}，按标价，不是你的账单</translation>
    </message>
    <message>
        <source>No session in the last 30 days</source>
        <translation>最近 30 天没有会话</translation>
    </message>
    <message>
        <source>Type an amount above 0, for example 200.</source>
        <translation>请输入大于 0 的数额，例如 200。</translation>
    </message>
    <message>
        <source>{amount} {period} is set. The icon shows what is left of it.</source>
        <translation>已设定{period} {amount}。图标显示还剩多少。</translation>
    </message>
    <message>
        <source>No coding agent has worked here yet. Taximeter looks again by itself.</source>
        <translation>这里还没有编程智能体工作过。Taximeter 会自动再看。</translation>
    </message>
    <message>
        <source>Found on this computer: {agents}</source>
        <translation>在这台电脑上找到：{agents}</translation>
    </message>
</context>
<context>
    <name>Glance</name>
    <message>
        <source>1 more session today</source>
        <translation>今天还有 1 个会话</translation>
    </message>
    <message>
        <source>{n} more sessions today</source>
        <translation>今天还有 {n} 个会话</translation>
    </message>
    <message>
        <source>of {whole}, {reset}</source>
        <translation>共 {whole}，{reset}</translation>
    </message>
    <message>
        <source>mark: even pace</source>
        <translation>标记：匀速</translation>
    </message>
    <message>
        <source>Figures appear as soon as a coding agent has worked here.</source>
        <translation>编程智能体在这里工作后就会显示数据。</translation>
    </message>
    <message>
        <source>Nothing yet</source>
        <translation>还没有</translation>
    </message>
    <message>
        <source>today, at list price, not your bill</source>
        <translation>今天，按标价，不是你的账单</translation>
    </message>
    <message>
        <source>{rest}, {reset}</source>
        <translation>{rest}，{reset}</translation>
    </message>
    <message>
        <source>figure {age}</source>
        <translation>数据 {age}</translation>
    </message>
    <message>
        <source>1 agent</source>
        <translation>1 个智能体</translation>
    </message>
    <message>
        <source>{n} agents</source>
        <translation>{n} 个智能体</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} token</translation>
    </message>
    <message>
        <source>no project</source>
        <translation>无项目</translation>
    </message>
</context>
<context>
    <name>Hooks</name>
    <message>
        <source>Ask me before costly launches</source>
        <translation>在费用高的启动之前询问我</translation>
    </message>
    <message>
        <source>Before agents start that would take much, you see what it will likely cost, and decide. Nothing is changed until you switch it on.</source>
        <translation>在会用掉很多额度的智能体启动之前，你会看到大致费用并作决定。开启之前不作任何改动。</translation>
    </message>
    <message>
        <source>No agent that can ask was found here.</source>
        <translation>没有找到能够询问的智能体。</translation>
    </message>
    <message>
        <source>The exact change for {agent}</source>
        <translation>对 {agent} 的确切改动</translation>
    </message>
    <message>
        <source>Hide the change</source>
        <translation>隐藏改动</translation>
    </message>
    <message>
        <source>Show the exact change</source>
        <translation>显示确切改动</translation>
    </message>
    <message>
        <source>Its hooks are not as they should be.</source>
        <translation>它的钩子不是应有的样子。</translation>
    </message>
    <message>
        <source>asks</source>
        <translation>会询问</translation>
    </message>
    <message>
        <source>does not ask</source>
        <translation>不询问</translation>
    </message>
    <message>
        <source>may not ask</source>
        <translation>可能不询问</translation>
    </message>
    <message>
        <source>cannot ask</source>
        <translation>无法询问</translation>
    </message>
    <message>
        <source>Switch off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Mend it</source>
        <translation>修复</translation>
    </message>
    <message>
        <source>Switch on</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>{agent} {state}.</source>
        <translation>{agent}{state}。</translation>
    </message>
    <message>
        <source>{agent} asks from now on.</source>
        <translation>{agent} 从现在起会询问。</translation>
    </message>
    <message>
        <source>{agent} asks from now on; sessions that already run only once started anew.</source>
        <translation>{agent} 从现在起会询问；已在运行的会话重新启动后才会。</translation>
    </message>
    <message>
        <source>{agent} does not ask any more. Its files are without the hooks again.</source>
        <translation>{agent} 不再询问。它的文件中已没有钩子。</translation>
    </message>
</context>
<context>
    <name>Launch</name>
    <message>
        <source>forecast at {time}: {range}</source>
        <translation>{time} 的预测：{range}</translation>
    </message>
    <message>
        <source>{forecast}, stopped</source>
        <translation>{forecast}，已停止</translation>
    </message>
    <message>
        <source>{forecast}, now {range}</source>
        <translation>{forecast}，现在 {range}</translation>
    </message>
    <message>
        <source>{forecast}, {amount} so far</source>
        <translation>{forecast}，目前 {amount}</translation>
    </message>
    <message>
        <source>{forecast}, came to {amount}</source>
        <translation>{forecast}，实际 {amount}</translation>
    </message>
    <message>
        <source>Launch of {n}</source>
        <translation>启动 {n} 个</translation>
    </message>
    <message>
        <source>Launch of {n}, {amount} so far</source>
        <translation>启动 {n} 个，目前 {amount}</translation>
    </message>
    <message>
        <source>forecast {range}</source>
        <translation>预测 {range}</translation>
    </message>
    <message>
        <source>no basis yet</source>
        <translation>尚无依据</translation>
    </message>
    <message>
        <source>at least {amount}, no basis yet</source>
        <translation>至少 {amount}，尚无依据</translation>
    </message>
    <message>
        <source>{n} {type}</source>
        <translation>{n} 个 {type}</translation>
    </message>
    <message>
        <source>1 agent</source>
        <translation>1 个智能体</translation>
    </message>
    <message>
        <source>{n} agents</source>
        <translation>{n} 个智能体</translation>
    </message>
    <message>
        <source>only observed</source>
        <translation>仅观察</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>not asked</source>
        <translation>未询问</translation>
    </message>
    <message>
        <source>none: ran</source>
        <translation>未回答：已运行</translation>
    </message>
    <message>
        <source>none: stopped</source>
        <translation>未回答：已停止</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>at most {n}</source>
        <translation>最多 {n} 个</translation>
    </message>
    <message>
        <source>run</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>not all priced</source>
        <translation>部分无价格</translation>
    </message>
    <message>
        <source>{amount} so far</source>
        <translation>目前 {amount}</translation>
    </message>
    <message>
        <source>not run</source>
        <translation>未运行</translation>
    </message>
    <message>
        <source>inside</source>
        <translation>在范围内</translation>
    </message>
    <message>
        <source>above</source>
        <translation>高于范围</translation>
    </message>
    <message>
        <source>below</source>
        <translation>低于范围</translation>
    </message>
    <message>
        <source>still runs</source>
        <translation>仍在运行</translation>
    </message>
    <message>
        <source>1 ended early</source>
        <translation>1 个提前结束</translation>
    </message>
    <message>
        <source>{n} ended early</source>
        <translation>{n} 个提前结束</translation>
    </message>
    <message>
        <source>none seen</source>
        <translation>未见到</translation>
    </message>
    <message>
        <source>{n} of {all} seen</source>
        <translation>见到 {n} / {all}</translation>
    </message>
</context>
<context>
    <name>List</name>
    <message>
        <source>1 agent</source>
        <translation>1 个智能体</translation>
    </message>
    <message>
        <source>{n} agents</source>
        <translation>{n} 个智能体</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>It is stopped at {time} unless you answer.</source>
        <translation>如不回答，将于 {time} 停止。</translation>
    </message>
    <message>
        <source>It runs at {time} unless you answer.</source>
        <translation>如不回答，将于 {time} 运行。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>It goes on. Open Taximeter to see more.</source>
        <translation>它会继续。打开 Taximeter 查看更多。</translation>
    </message>
    <message>
        <source>A launch costs twice what was expected</source>
        <translation>一次启动的费用是预计的两倍</translation>
    </message>
    <message>
        <source>1 agent runs, noticed after it began</source>
        <translation>1 个智能体在运行，开始后才发现</translation>
    </message>
    <message>
        <source>{n} agents run, noticed after they began</source>
        <translation>{n} 个智能体在运行，开始后才发现</translation>
    </message>
    <message>
        <source>1 agent has started</source>
        <translation>1 个智能体已启动</translation>
    </message>
    <message>
        <source>{n} agents have started</source>
        <translation>{n} 个智能体已启动</translation>
    </message>
    <message>
        <source>{project}: {agent}.</source>
        <translation>{project}：{agent}。</translation>
    </message>
    <message>
        <source>no project</source>
        <translation>无项目</translation>
    </message>
    <message>
        <source>{amount} so far.</source>
        <translation>目前 {amount}。</translation>
    </message>
    <message>
        <source>Expected {range}.</source>
        <translation>预计 {range}。</translation>
    </message>
    <message>
        <source>Your launches are usually about {amount}.</source>
        <translation>你的启动通常约 {amount}。</translation>
    </message>
</context>
<context>
    <name>Offer</name>
    <message>
        <source>Your company says: {text}</source>
        <translation>公司说明：{text}</translation>
    </message>
    <message>
        <source>When it is asked and what happens without an answer are set by your company.</source>
        <translation>何时询问以及未回答时怎么办，由公司设定。</translation>
    </message>
    <message>
        <source>What happens without an answer is set by your company.</source>
        <translation>未回答时怎么办，由公司设定。</translation>
    </message>
    <message>
        <source>When it is asked is set by your company.</source>
        <translation>何时询问由公司设定。</translation>
    </message>
    <message>
        <source>Your company offers {model}.</source>
        <translation>公司提供 {model}。</translation>
    </message>
    <message>
        <source>Your company offers {model}: {range}.</source>
        <translation>公司提供 {model}：{range}。</translation>
    </message>
    <message>
        <source>Your company offers its own agent {agent}.</source>
        <translation>公司提供自己的智能体 {agent}。</translation>
    </message>
    <message>
        <source>Your company offers its own agent {agent}, which is installed here.</source>
        <translation>公司提供自己的智能体 {agent}，这里已安装。</translation>
    </message>
</context>
<context>
    <name>Popover</name>
    <message>
        <source>Taximeter</source>
        <translation>Taximeter</translation>
    </message>
    <message>
        <source>Set a budget to see whether it lasts</source>
        <translation>设定预算，看看够不够用</translation>
    </message>
    <message>
        <source>Running now</source>
        <translation>正在运行</translation>
    </message>
    <message>
        <source>This desktop has no tray. Start Taximeter again to bring this window back.</source>
        <translation>此桌面没有托盘。再次启动 Taximeter 可重新打开此窗口。</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Hide numbers</source>
        <translation>隐藏数字</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Show numbers</source>
        <translation>显示数字</translation>
    </message>
    <message>
        <source>hide</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>show</source>
        <translation>展开</translation>
    </message>
    <message>
        <source>Hide the other limits</source>
        <translation>收起其他额度</translation>
    </message>
    <message>
        <source>Show the other limits</source>
        <translation>展开其他额度</translation>
    </message>
    <message>
        <source>Show the reset as a time or as a countdown</source>
        <translation>以时间或倒计时显示重置</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>{n} launches wait for an answer</source>
        <translation>{n} 次启动等待回答</translation>
    </message>
    <message>
        <source>after it</source>
        <translation>之后</translation>
    </message>
    <message>
        <source>now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Don&apos;t ask again in this session</source>
        <translation>本会话不再询问</translation>
    </message>
    <message>
        <source>It counts for every launch, once you let this one run. It stands in the settings, where you can change it back.</source>
        <translation>放行这次后，对每次启动都有效。它保存在设置中，可以改回。</translation>
    </message>
    <message>
        <source>Ask for more</source>
        <translation>申请增加</translation>
    </message>
    <message>
        <source>This launch</source>
        <translation>本次启动</translation>
    </message>
    <message>
        <source>Stop: nothing more is started</source>
        <translation>停止：不再启动任何智能体</translation>
    </message>
    <message>
        <source>At most 1 agent starts</source>
        <translation>最多启动 1 个智能体</translation>
    </message>
    <message>
        <source>At most {n} agents start</source>
        <translation>最多启动 {n} 个智能体</translation>
    </message>
    <message>
        <source>Before it</source>
        <translation>之前</translation>
    </message>
    <message>
        <source>{rest}, {time}</source>
        <translation>{rest}，{time}</translation>
    </message>
    <message>
        <source>all of {whole}, {time}</source>
        <translation>全部 {whole}，{time}</translation>
    </message>
    <message>
        <source>{after} more than the {whole} left, {time}</source>
        <translation>比剩余的 {whole} 多 {after}，{time}</translation>
    </message>
    <message>
        <source>Takes about</source>
        <translation>大约用掉</translation>
    </message>
    <message>
        <source>Leaves about</source>
        <translation>大约剩下</translation>
    </message>
    <message>
        <source>{after} of {whole}, {time}</source>
        <translation>{whole} 中的 {after}，{time}</translation>
    </message>
    <message>
        <source>for {n} more days</source>
        <translation>再用 {n} 天</translation>
    </message>
    <message>
        <source>limit {amount}</source>
        <translation>上限 {amount}</translation>
    </message>
    <message>
        <source>{quota}: {left}. This launch leaves {low} to {high}.</source>
        <translation>{quota}：{left}。本次启动后剩 {low} 至 {high}。</translation>
    </message>
    <message>
        <source>A workflow is about to start agents</source>
        <translation>工作流即将启动智能体</translation>
    </message>
    <message>
        <source>1 agent is about to start</source>
        <translation>1 个智能体即将启动</translation>
    </message>
    <message>
        <source>{n} agents are about to start</source>
        <translation>{n} 个智能体即将启动</translation>
    </message>
    <message>
        <source>time is up</source>
        <translation>时间到</translation>
    </message>
    <message>
        <source>{n} s</source>
        <translation>{n} 秒</translation>
    </message>
    <message>
        <source>stops in {span}</source>
        <translation>{span} 后停止</translation>
    </message>
    <message>
        <source>runs in {span}</source>
        <translation>{span} 后运行</translation>
    </message>
    <message>
        <source>1 of them runs already.</source>
        <translation>其中 1 个已在运行。</translation>
    </message>
    <message>
        <source>{n} of them run already.</source>
        <translation>其中 {n} 个已在运行。</translation>
    </message>
    <message>
        <source>The agent</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>{agent} is waiting.</source>
        <translation>{agent} 正在等待。</translation>
    </message>
    <message>
        <source>no project</source>
        <translation>无项目</translation>
    </message>
    <message>
        <source>{n} others</source>
        <translation>其他 {n} 种</translation>
    </message>
    <message>
        <source>perhaps more</source>
        <translation>可能更多</translation>
    </message>
    <message>
        <source>{project}: {kinds}.</source>
        <translation>{project}：{kinds}。</translation>
    </message>
    <message>
        <source>agent</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>{type} ({model})</source>
        <translation>{type}（{model}）</translation>
    </message>
    <message>
        <source>{n} {type}</source>
        <translation>{n} 个 {type}</translation>
    </message>
    <message>
        <source>How many cannot be told before.</source>
        <translation>事先无法得知数量。</translation>
    </message>
    <message>
        <source>A command line starts them side by side.</source>
        <translation>一条命令行同时启动它们。</translation>
    </message>
    <message>
        <source>One script starts them one by one.</source>
        <translation>一个脚本逐个启动它们。</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} 至 {high}</translation>
    </message>
    <message>
        <source>not known: no basis yet</source>
        <translation>未知：尚无依据</translation>
    </message>
    <message>
        <source>at least {amount}: no basis yet</source>
        <translation>至少 {amount}：尚无依据</translation>
    </message>
    <message>
        <source>{range}, about {middle}</source>
        <translation>{range}，约 {middle}</translation>
    </message>
    <message>
        <source>On {model}: {range}.</source>
        <translation>用 {model}：{range}。</translation>
    </message>
    <message>
        <source>Your launches are usually about {amount} ({n} of them).</source>
        <translation>你的启动通常约 {amount}（共 {n} 次）。</translation>
    </message>
    <message>
        <source>the budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Your company lets nothing through: {quota} is suspended.</source>
        <translation>公司不放行任何请求：{quota} 已暂停。</translation>
    </message>
    <message>
        <source>{quota} lets nothing through: an agent was refused.</source>
        <translation>{quota} 不放行任何请求：有智能体被拒绝。</translation>
    </message>
    <message>
        <source>Nothing is left of {quota}.</source>
        <translation>{quota} 已用完。</translation>
    </message>
    <message>
        <source>It likely takes more than all that {quota} has left.</source>
        <translation>很可能超过 {quota} 剩余的全部。</translation>
    </message>
    <message>
        <source>It takes about {percent} of what {quota} has left.</source>
        <translation>约占 {quota} 剩余的 {percent}。</translation>
    </message>
    <message>
        <source>It takes about {percent} of what {quota} has left, and perhaps more than all.</source>
        <translation>约占 {quota} 剩余的 {percent}，也可能超过全部。</translation>
    </message>
    <message>
        <source>At this pace, {quota} runs out {day}, before its reset.</source>
        <translation>按此速度，{quota} 将在重置前用完：{day}。</translation>
    </message>
    <message>
        <source>At this pace, {quota} runs out {day} instead of {later}.</source>
        <translation>按此速度，{quota} 用完的时间从{later}提前到{day}。</translation>
    </message>
    <message>
        <source>1 agent</source>
        <translation>1 个智能体</translation>
    </message>
    <message>
        <source>{n} agents at once</source>
        <translation>同时 {n} 个智能体</translation>
    </message>
    <message>
        <source>{agents}, and only {n} launches of yours to compare with.</source>
        <translation>{agents}，可比较的你的启动只有 {n} 次。</translation>
    </message>
    <message>
        <source>{agents}, and no budget to compare with.</source>
        <translation>{agents}，没有预算可比较。</translation>
    </message>
    <message>
        <source>{agents}, and only 1 launch of yours to compare with.</source>
        <translation>{agents}，可比较的你的启动只有 1 次。</translation>
    </message>
    <message>
        <source>{agents}, and no launch of yours to compare with yet.</source>
        <translation>{agents}，还没有你的启动可比较。</translation>
    </message>
    <message>
        <source>From {runs} of the same kind in this project.</source>
        <translation>依据：此项目中同类的{runs}。</translation>
    </message>
    <message>
        <source>From {runs} of the same kind in all projects.</source>
        <translation>依据：所有项目中同类的{runs}。</translation>
    </message>
    <message>
        <source>From {runs} of the same type on any model.</source>
        <translation>依据：同类型、任意模型的{runs}。</translation>
    </message>
    <message>
        <source>From {runs} of any type.</source>
        <translation>依据：任意类型的{runs}。</translation>
    </message>
    <message>
        <source>Too few earlier runs for a range.</source>
        <translation>以往的运行太少，无法给出范围。</translation>
    </message>
    <message>
        <source>1 of your runs</source>
        <translation>你的 1 次运行</translation>
    </message>
    <message>
        <source>{n} of your runs</source>
        <translation>你的 {n} 次运行</translation>
    </message>
    <message>
        <source>What is left is from {moment}.</source>
        <translation>剩余数据来自 {moment}。</translation>
    </message>
    <message>
        <source>From now on, ask only above {percent} of what is left</source>
        <translation>今后只在超过剩余的 {percent} 时询问</translation>
    </message>
    <message>
        <source>From now on, ask only when it runs out {n} days sooner</source>
        <translation>今后只在提前 {n} 天用完时询问</translation>
    </message>
    <message>
        <source>From now on, ask only above {n} times your larger launches</source>
        <translation>今后只在超过你较大启动的 {n} 倍时询问</translation>
    </message>
    <message>
        <source>From now on, ask only from {n} agents on or above {amount}</source>
        <translation>今后只在达到 {n} 个智能体或超过 {amount} 时询问</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>At most {n}</source>
        <translation>最多 {n} 个</translation>
    </message>
    <message>
        <source>Run it</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>Run all {n}</source>
        <translation>运行全部 {n} 个</translation>
    </message>
    <message>
        <source>Nothing more is started</source>
        <translation>不再启动任何智能体</translation>
    </message>
    <message>
        <source>Answered in the window.</source>
        <translation>已在窗口中回答。</translation>
    </message>
    <message>
        <source>Answered in the notification.</source>
        <translation>已在通知中回答。</translation>
    </message>
    <message>
        <source>Answered on the command line.</source>
        <translation>已在命令行回答。</translation>
    </message>
    <message>
        <source>Decided by your company&apos;s settings.</source>
        <translation>由公司的设置决定。</translation>
    </message>
    <message>
        <source>Nobody answered in time.</source>
        <translation>没有人及时回答。</translation>
    </message>
    <message>
        <source>No answer is needed any more</source>
        <translation>不再需要回答</translation>
    </message>
    <message>
        <source>The launch no longer waits.</source>
        <translation>该启动不再等待。</translation>
    </message>
    <message>
        <source>The workflow starts</source>
        <translation>工作流启动</translation>
    </message>
    <message>
        <source>1 agent starts</source>
        <translation>1 个智能体启动</translation>
    </message>
    <message>
        <source>{n} agents start</source>
        <translation>{n} 个智能体启动</translation>
    </message>
</context>
<context>
    <name>Quota</name>
    <message>
        <source>Used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>Used up since {moment}</source>
        <translation>{moment} 起已用完</translation>
    </message>
    <message>
        <source>Nothing has been read yet</source>
        <translation>还没有读取任何内容</translation>
    </message>
    <message>
        <source>No budget set</source>
        <translation>未设预算</translation>
    </message>
    <message>
        <source>Suspended by your company</source>
        <translation>已被公司暂停</translation>
    </message>
    <message>
        <source>Reset, no new figure yet</source>
        <translation>已重置，还没有新数据</translation>
    </message>
    <message>
        <source>Nothing is granted</source>
        <translation>没有授予额度</translation>
    </message>
    <message>
        <source>No limit</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>Runs out {day}</source>
        <translation>{day}用完</translation>
    </message>
    <message>
        <source>Too early to say if it lasts</source>
        <translation>还无法判断够不够用</translation>
    </message>
    <message>
        <source>Lasts for a long time</source>
        <translation>够用很久</translation>
    </message>
    <message>
        <source>Lasts past the reset</source>
        <translation>可以用到重置之后</translation>
    </message>
    <message>
        <source>today, about {time}</source>
        <translation>今天约 {time}</translation>
    </message>
    <message>
        <source>{n} tokens</source>
        <translation>{n} token</translation>
    </message>
    <message>
        <source>{n} requests</source>
        <translation>{n} 次请求</translation>
    </message>
    <message>
        <source>{n} credits</source>
        <translation>{n} 点</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>Nothing usable</source>
        <translation>没有可用的</translation>
    </message>
    <message>
        <source>{amount} used</source>
        <translation>已用 {amount}</translation>
    </message>
    <message>
        <source>{amount} over</source>
        <translation>超出 {amount}</translation>
    </message>
    <message>
        <source>Nothing left</source>
        <translation>没有剩余</translation>
    </message>
    <message>
        <source>{amount} left</source>
        <translation>剩余 {amount}</translation>
    </message>
    <message>
        <source>At most {left}</source>
        <translation>最多{left}</translation>
    </message>
    <message>
        <source>nothing usable of {whole}</source>
        <translation>{whole} 均不可用</translation>
    </message>
    <message>
        <source>nothing left of {whole}</source>
        <translation>{whole} 已用完</translation>
    </message>
    <message>
        <source>{amount} over the {whole}</source>
        <translation>超出 {whole} {amount}</translation>
    </message>
    <message>
        <source>{amount} of {whole} left</source>
        <translation>剩余 {amount}，共 {whole}</translation>
    </message>
    <message>
        <source>at most {amount} of {whole} left</source>
        <translation>最多剩 {amount}，共 {whole}</translation>
    </message>
    <message>
        <source>at least {used}</source>
        <translation>至少 {used}</translation>
    </message>
    <message>
        <source>{n} tokens unpriced</source>
        <translation>{n} token 无价格</translation>
    </message>
    <message>
        <source>{amount} not billed yet</source>
        <translation>{amount} 尚未计入</translation>
    </message>
    <message>
        <source>until it is lifted</source>
        <translation>直到解除</translation>
    </message>
    <message>
        <source>never reset</source>
        <translation>不会重置</translation>
    </message>
    <message>
        <source>reset since then</source>
        <translation>此后已重置</translation>
    </message>
    <message>
        <source>until {moment}</source>
        <translation>直到 {moment}</translation>
    </message>
    <message>
        <source>{agent} was refused at {time}. The figure here does not show it yet.</source>
        <translation>{agent} 于 {time} 被拒绝。这里的数据还未体现。</translation>
    </message>
    <message>
        <source>1 other limit</source>
        <translation>另有 1 项额度</translation>
    </message>
    <message>
        <source>{n} other limits</source>
        <translation>另有 {n} 项额度</translation>
    </message>
    <message>
        <source>{count}, {n} to watch</source>
        <translation>{count}，{n} 项需留意</translation>
    </message>
    <message>
        <source>{count}, {n} not up to date</source>
        <translation>{count}，{n} 项不是最新</translation>
    </message>
    <message>
        <source>fine</source>
        <translation>正常</translation>
    </message>
    <message>
        <source>both fine</source>
        <translation>都正常</translation>
    </message>
    <message>
        <source>{count}, {state}</source>
        <translation>{count}，{state}</translation>
    </message>
    <message>
        <source>all fine</source>
        <translation>都正常</translation>
    </message>
    <message>
        <source>Nothing used today</source>
        <translation>今天没有使用</translation>
    </message>
    <message>
        <source>Today {cost}</source>
        <translation>今天 {cost}</translation>
    </message>
    <message>
        <source>No agent is running</source>
        <translation>没有智能体在运行</translation>
    </message>
    <message>
        <source>1 agent</source>
        <translation>1 个智能体</translation>
    </message>
    <message>
        <source>{n} agents</source>
        <translation>{n} 个智能体</translation>
    </message>
    <message>
        <source>Running: {project}, {agents}</source>
        <translation>正在运行：{project}，{agents}</translation>
    </message>
    <message>
        <source>no project</source>
        <translation>无项目</translation>
    </message>
    <message>
        <source>Running: {n} sessions, {agents}</source>
        <translation>正在运行：{n} 个会话，{agents}</translation>
    </message>
    <message>
        <source>Reading the logs, newest first: {done} of {total} files</source>
        <translation>正在读取日志，最新在前：{done} / {total} 个文件</translation>
    </message>
    <message>
        <source>{amount} an hour</source>
        <translation>每小时 {amount}</translation>
    </message>
</context>
<context>
    <name>Request</name>
    <message>
        <source>{who} asks for {amount} more</source>
        <translation>{who} 申请增加 {amount}</translation>
    </message>
    <message>
        <source>{who} asks for {amount} more: {quota}</source>
        <translation>{who} 申请增加 {amount}：{quota}</translation>
    </message>
    <message>
        <source>No reason given</source>
        <translation>未写原因</translation>
    </message>
    <message>
        <source>For good</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>Until {moment}</source>
        <translation>直到 {moment}</translation>
    </message>
    <message>
        <source>It would make the limit {then} in place of {now}, which is used up as well</source>
        <translation>上限将从 {now} 变为 {then}，但那也已用完</translation>
    </message>
    <message>
        <source>It would make the limit {then} in place of {now}, with {left} left</source>
        <translation>上限将从 {now} 变为 {then}，剩余 {left}</translation>
    </message>
    <message>
        <source>Asked for {amount} more at {moment}, waiting for a decision</source>
        <translation>{moment} 申请增加 {amount}，等待决定</translation>
    </message>
    <message>
        <source>Not approved{by}{when}: {asked} more</source>
        <translation>未批准{by}{when}：增加 {asked}</translation>
    </message>
    <message>
        <source>Taken back{when}: {asked} more</source>
        <translation>已撤回{when}：增加 {asked}</translation>
    </message>
    <message>
        <source>Nobody decided in time: {asked} more</source>
        <translation>逾期未决定：增加 {asked}</translation>
    </message>
    <message>
        <source>Approved{by}{when}: {given} more, {until}</source>
        <translation>已批准{by}{when}：增加 {given}，{until}</translation>
    </message>
    <message>
        <source> by {name}</source>
        <translation>（{name}）</translation>
    </message>
    <message>
        <source>for good</source>
        <translation>长期</translation>
    </message>
    <message>
        <source>until {moment}</source>
        <translation>直到 {moment}</translation>
    </message>
    <message>
        <source>, {moment}</source>
        <translation>，{moment}</translation>
    </message>
</context>
<context>
    <name>Sentences</name>
    <message>
        <source>{some}, {more}</source>
        <translation>{some}，{more}</translation>
    </message>
    <message>
        <source>{said}.</source>
        <translation>{said}。</translation>
    </message>
    <message>
        <source>{name}: {said}</source>
        <translation>{name}：{said}</translation>
    </message>
    <message>
        <source>{said} ({why})</source>
        <translation>{said}（{why}）</translation>
    </message>
</context>
<context>
    <name>Service</name>
    <message>
        <source>Signed out of the budget service</source>
        <translation>未登录预算服务</translation>
    </message>
    <message>
        <source>The budget service is not available</source>
        <translation>预算服务不可用</translation>
    </message>
    <message>
        <source>Waiting for the budget service</source>
        <translation>正在等待预算服务</translation>
    </message>
    <message>
        <source>No budget set</source>
        <translation>未设预算</translation>
    </message>
    <message>
        <source>Blocked by the budget service</source>
        <translation>已被预算服务封锁</translation>
    </message>
    <message>
        <source>{service} tells what is left as soon as it answers.</source>
        <translation>{service} 一有回应就会显示剩余。</translation>
    </message>
    <message>
        <source>{service} knows of no budget for you. Ask who runs it.</source>
        <translation>{service} 没有你的预算。请询问管理它的人。</translation>
    </message>
    <message>
        <source>Only your company can lift that.</source>
        <translation>只有公司能解除。</translation>
    </message>
    <message>
        <source>It is asked again by itself.</source>
        <translation>会自动再次询问。</translation>
    </message>
    <message>
        <source>Figure from {since}</source>
        <translation>{since} 的数据</translation>
    </message>
    <message>
        <source>Open it to sign in</source>
        <translation>打开以登录</translation>
    </message>
    <message>
        <source>The figure is from {since}, before the reset at {reset}.</source>
        <translation>数据来自 {since}，在 {reset} 的重置之前。</translation>
    </message>
    <message>
        <source>The figure is from {since}, too old to rely on.</source>
        <translation>数据来自 {since}，太旧，不可依赖。</translation>
    </message>
    <message>
        <source>It is told only while its agent works, the last time at {since}.</source>
        <translation>只有智能体工作时才会得知，上次是 {since}。</translation>
    </message>
    <message>
        <source>What was used since {since} is not in it.</source>
        <translation>不含 {since} 之后的用量。</translation>
    </message>
    <message>
        <source>Since {since} only what this computer used is known.</source>
        <translation>{since} 之后只知道本机的用量。</translation>
    </message>
    <message>
        <source>What was used since {since} is not known.</source>
        <translation>{since} 之后的用量未知。</translation>
    </message>
</context>
<context>
    <name>Sessions</name>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>View</source>
        <translation>视图</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>日期</translation>
    </message>
    <message>
        <source>Show everything</source>
        <translation>全部显示</translation>
    </message>
    <message>
        <source>Choose a session to see where its cost went.</source>
        <translation>选择一个会话，查看费用花在哪里。</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 个会话</translation>
    </message>
    <message>
        <source>{n} sessions</source>
        <translation>{n} 个会话</translation>
    </message>
    <message>
        <source>{count}, {cost}, at list price</source>
        <translation>{count}，{cost}，按标价</translation>
    </message>
    <message>
        <source>No session fits these choices.</source>
        <translation>没有符合条件的会话。</translation>
    </message>
    <message>
        <source>No session yet. Sessions appear as soon as a coding agent has worked here.</source>
        <translation>还没有会话。编程智能体在这里工作后就会出现。</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Open windows follow at once.</source>
        <translation>已打开的窗口会立即更新。</translation>
    </message>
    <message>
        <source>Tray icon</source>
        <translation>托盘图标</translation>
    </message>
    <message>
        <source>Each state has a shape of its own in every style.</source>
        <translation>每种样式中，每个状态都有自己的形状。</translation>
    </message>
    <message>
        <source>Hide numbers</source>
        <translation>隐藏数字</translation>
    </message>
    <message>
        <source>Amounts and counts become dots in every window, for example while you share your screen.</source>
        <translation>所有窗口中的金额和数量都显示为圆点，例如在共享屏幕时。</translation>
    </message>
    <message>
        <source>First day of the week</source>
        <translation>每周的第一天</translation>
    </message>
    <message>
        <source>Of weekly budgets that name no day.</source>
        <translation>用于未指定起始日的每周预算。</translation>
    </message>
    <message>
        <source>Currency of your own budgets</source>
        <translation>你自己的预算的货币</translation>
    </message>
    <message>
        <source>Three letters, such as USD or EUR; of budgets that name none.</source>
        <translation>三个字母，例如 USD 或 EUR；用于未指定货币的预算。</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>启动</translation>
    </message>
    <message>
        <source>Budgets and weeks</source>
        <translation>预算与星期</translation>
    </message>
    <message>
        <source>Start with the desktop</source>
        <translation>随桌面启动</translation>
    </message>
    <message>
        <source>Starts {program} when you log in.</source>
        <translation>登录桌面时启动 {program}。</translation>
    </message>
    <message>
        <source>Taximeter has to be started by hand.</source>
        <translation>需要手动启动 Taximeter。</translation>
    </message>
    <message>
        <source>It is switched on, but {program} is gone. Switch it off, or off and on to start this installation.</source>
        <translation>已开启，但 {program} 已不存在。请关闭，或关闭后再开启以启动此安装。</translation>
    </message>
    <message>
        <source>It is switched on, but what is there names no program. Switch it off and on.</source>
        <translation>已开启，但启动项中没有写明程序。请关闭后再开启。</translation>
    </message>
    <message>
        <source>This installation keeps everything in one folder (TAXIMETER_HOME), which a login knows nothing of.</source>
        <translation>此安装把一切都放在一个文件夹中（TAXIMETER_HOME），登录时并不知道它。</translation>
    </message>
    <message>
        <source>The entry is for other desktops only: {desktops}.</source>
        <translation>该启动项只用于其他桌面：{desktops}。</translation>
    </message>
    <message>
        <source>It was switched off in the desktop&apos;s own settings.</source>
        <translation>已在桌面自己的设置中关闭。</translation>
    </message>
    <message>
        <source>It was switched off in the system&apos;s settings for login items; switch it on there.</source>
        <translation>已在系统的登录项设置中关闭；请在那里开启。</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Ring</source>
        <translation>圆环</translation>
    </message>
    <message>
        <source>Ring with a number</source>
        <translation>带数字的圆环</translation>
    </message>
    <message>
        <source>One colour</source>
        <translation>单色</translation>
    </message>
    <message>
        <source>Set by your company: {source}</source>
        <translation>由公司设定：{source}</translation>
    </message>
    <message>
        <source>Quiet from</source>
        <translation>免打扰从</translation>
    </message>
    <message>
        <source>The same time twice means no quiet hours. What is still so afterwards is told then; the question before a launch always comes.</source>
        <translation>两个时间相同表示没有免打扰时段。之后仍然如此的事会在那时通知；启动前的询问总会出现。</translation>
    </message>
    <message>
        <source>Until</source>
        <translation>到</translation>
    </message>
    <message>
        <source>Projects and amounts in notifications</source>
        <translation>通知中的项目和金额</translation>
    </message>
    <message>
        <source>A lock screen may show them; without this they only say that there is something.</source>
        <translation>锁屏界面可能会显示它们；关闭时通知只说明有事。</translation>
    </message>
    <message>
        <source>Tell me when</source>
        <translation>在这些时候通知我</translation>
    </message>
    <message>
        <source>Each is told once, and again only after it was over.</source>
        <translation>每件事只通知一次，结束后再次发生才会再通知。</translation>
    </message>
    <message>
        <source>Quiet hours</source>
        <translation>免打扰时段</translation>
    </message>
    <message>
        <source>What they say</source>
        <translation>通知内容</translation>
    </message>
    <message>
        <source>a budget gets short</source>
        <translation>预算变得紧张</translation>
    </message>
    <message>
        <source>a budget will likely not last until its reset</source>
        <translation>预算很可能用不到重置</translation>
    </message>
    <message>
        <source>a budget is being spent several times as fast as it would last</source>
        <translation>预算的消耗速度是匀速的数倍</translation>
    </message>
    <message>
        <source>little of a budget is left</source>
        <translation>预算所剩不多</translation>
    </message>
    <message>
        <source>a budget is used up</source>
        <translation>预算已用完</translation>
    </message>
    <message>
        <source>a budget is there again</source>
        <translation>预算又可以用了</translation>
    </message>
    <message>
        <source>the company&apos;s service has not been reached for long</source>
        <translation>长时间无法连接公司的服务</translation>
    </message>
    <message>
        <source>you are signed out of the company&apos;s service</source>
        <translation>你已从公司的服务退出登录</translation>
    </message>
    <message>
        <source>somebody decided what you asked for</source>
        <translation>你的申请有了结果</translation>
    </message>
    <message>
        <source>somebody asks you for more</source>
        <translation>有人向你申请增加额度</translation>
    </message>
    <message>
        <source>Before a launch that would take much</source>
        <translation>在会用掉很多的启动之前</translation>
    </message>
    <message>
        <source>A launch that nothing speaks against is never held.</source>
        <translation>没有问题的启动绝不会被拦住。</translation>
    </message>
    <message>
        <source>Launches of {agent}</source>
        <translation>{agent} 的启动</translation>
    </message>
    <message>
        <source>As above</source>
        <translation>同上</translation>
    </message>
    <message>
        <source>When you are asked</source>
        <translation>何时询问你</translation>
    </message>
    <message>
        <source>s</source>
        <translation>秒</translation>
    </message>
    <message>
        <source>A launch worth a look waits for</source>
        <translation>值得一看的启动等待</translation>
    </message>
    <message>
        <source>Amber questions.</source>
        <translation>黄色询问。</translation>
    </message>
    <message>
        <source>Then it</source>
        <translation>然后</translation>
    </message>
    <message>
        <source>A launch out of proportion waits for</source>
        <translation>过大的启动等待</translation>
    </message>
    <message>
        <source>Red questions. No agent waits longer than ten minutes.</source>
        <translation>红色询问。没有智能体会等待超过十分钟。</translation>
    </message>
    <message>
        <source>When nobody answers</source>
        <translation>无人回答时</translation>
    </message>
    <message>
        <source>The likely cost of a launch is a range with a middle. Amber asks; red asks, and stops the launch when nobody answers.</source>
        <translation>启动的大致费用是一个带中间值的范围。黄色会询问；红色会询问，无人回答时停止启动。</translation>
    </message>
    <message>
        <source>Too little to ask about</source>
        <translation>太少，不必询问</translation>
    </message>
    <message>
        <source>Share of what is left</source>
        <translation>占剩余的比例</translation>
    </message>
    <message>
        <source>Pace: the day it runs out moves</source>
        <translation>速度：用完的日子提前</translation>
    </message>
    <message>
        <source>More than you usually start</source>
        <translation>比你通常启动的多</translation>
    </message>
    <message>
        <source>With nothing to compare with</source>
        <translation>没有可比较的</translation>
    </message>
    <message>
        <source>Silent while the upper end is under</source>
        <translation>上限值低于此数时不询问</translation>
    </message>
    <message>
        <source>Or when the upper end is over</source>
        <translation>或上限值超过</translation>
    </message>
    <message>
        <source>Amber when the middle is over</source>
        <translation>中间值超过此数时为黄色</translation>
    </message>
    <message>
        <source>Red when the middle is over</source>
        <translation>中间值超过此数时为红色</translation>
    </message>
    <message>
        <source>Amber when by so many days or more</source>
        <translation>提前这么多天或更多时为黄色</translation>
    </message>
    <message>
        <source>A word when it costs more than this share of them</source>
        <translation>费用高于此比例的启动时提示</translation>
    </message>
    <message>
        <source>Amber when it costs so many times that</source>
        <translation>费用是其这么多倍时为黄色</translation>
    </message>
    <message>
        <source>Days back that your launches are looked at</source>
        <translation>回看你的启动的天数</translation>
    </message>
    <message>
        <source>Launches that it takes to compare</source>
        <translation>比较所需的启动次数</translation>
    </message>
    <message>
        <source>That is before so many launches of yours</source>
        <translation>即你的启动少于这么多次时</translation>
    </message>
    <message>
        <source>Red when by more than this share of the period</source>
        <translation>提前超过周期的此比例时为红色</translation>
    </message>
    <message>
        <source>And under this share of what is left</source>
        <translation>并且低于剩余的此比例</translation>
    </message>
    <message>
        <source>And the period has so many days or more to go</source>
        <translation>并且周期还剩这么多天或更多</translation>
    </message>
    <message>
        <source>Amber from so many agents on</source>
        <translation>达到这么多个智能体时为黄色</translation>
    </message>
    <message>
        <source>Ask me</source>
        <translation>询问我</translation>
    </message>
    <message>
        <source>Only note it in the log</source>
        <translation>只记录到日志</translation>
    </message>
    <message>
        <source>Do nothing</source>
        <translation>什么也不做</translation>
    </message>
    <message>
        <source>runs</source>
        <translation>运行</translation>
    </message>
    <message>
        <source>is stopped</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Type an amount, 0 or more, for example 2.50.</source>
        <translation>请输入不小于 0 的数额，例如 2.50。</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Copy facts for who helps you</source>
        <translation>复制给帮助你的人看的信息</translation>
    </message>
    <message>
        <source>What your coding agents cost, what is left of the quota, and a question before it is gone.</source>
        <translation>编程智能体花了多少，额度还剩多少，以及用完之前的询问。</translation>
    </message>
    <message>
        <source>Stands on</source>
        <translation>基于</translation>
    </message>
    <message>
        <source>Facts for who helps you</source>
        <translation>给帮助你的人看的信息</translation>
    </message>
    <message>
        <source>Versions, counts and states, as text to paste. No path, project, session or name.</source>
        <translation>版本、数量和状态，可粘贴的文字。不含路径、项目、会话或姓名。</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>许可证</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Where things are</source>
        <translation>文件位置</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>The app&apos;s own log</source>
        <translation>应用自己的日志</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open: {name}</source>
        <translation>打开：{name}</translation>
    </message>
    <message>
        <source>Taximeter {version}</source>
        <translation>Taximeter {version}</translation>
    </message>
    <message>
        <source>ledger format</source>
        <translation>账本格式</translation>
    </message>
    <message>
        <source>price book</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>Taximeter: {licence}</source>
        <translation>Taximeter：{licence}</translation>
    </message>
    <message>
        <source>Taximeter and what it stands on</source>
        <translation>Taximeter 及其所基于的</translation>
    </message>
    <message>
        <source>Copied: {n} lines.</source>
        <translation>已复制：{n} 行。</translation>
    </message>
    <message>
        <source>Agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>A config folder of this agent</source>
        <translation>此智能体的配置文件夹</translation>
    </message>
    <message>
        <source>Logs</source>
        <translation>日志</translation>
    </message>
    <message>
        <source>Add a folder</source>
        <translation>添加文件夹</translation>
    </message>
    <message>
        <source>Add a folder of {agent}</source>
        <translation>添加 {agent} 的文件夹</translation>
    </message>
    <message>
        <source>Folders that are read besides</source>
        <translation>另外读取的文件夹</translation>
    </message>
    <message>
        <source>Config folders, besides those that the agent&apos;s own variables name.</source>
        <translation>除智能体自己的变量所指定的之外的配置文件夹。</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>移除</translation>
    </message>
    <message>
        <source>Logs are read</source>
        <translation>正在读取日志</translation>
    </message>
    <message>
        <source>No logs were found</source>
        <translation>未找到日志</translation>
    </message>
    <message>
        <source>Model where a log names none</source>
        <translation>日志未写明时的模型</translation>
    </message>
    <message>
        <source>Without it such requests are counted and have no price.</source>
        <translation>不设定时，这类请求会计数，但没有价格。</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{folder} (not there)</source>
        <translation>{folder}（不存在）</translation>
    </message>
    <message>
        <source>Budget</source>
        <translation>预算</translation>
    </message>
    <message>
        <source>Budgets of your own</source>
        <translation>你自己的预算</translation>
    </message>
    <message>
        <source>They warn and stop nothing; nobody else sees them.</source>
        <translation>只提醒，不中断任何工作；别人看不到。</translation>
    </message>
    <message>
        <source>Add a budget</source>
        <translation>添加预算</translation>
    </message>
    <message>
        <source>The company&apos;s service</source>
        <translation>公司的服务</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Disconnect</source>
        <translation>断开连接</translation>
    </message>
    <message>
        <source>Signed in</source>
        <translation>已登录</translation>
    </message>
    <message>
        <source>Signing out removes the token from this computer.</source>
        <translation>退出登录会从这台电脑移除令牌。</translation>
    </message>
    <message>
        <source>Connect the budget service, sign in</source>
        <translation>连接预算服务，登录</translation>
    </message>
    <message>
        <source>Signed in, sign out</source>
        <translation>已登录，退出登录</translation>
    </message>
    <message>
        <source>No longer ask it</source>
        <translation>不再询问它</translation>
    </message>
    <message>
        <source>Its address is taken out of your settings. What it told stays in the ledger.</source>
        <translation>会从你的设置中移除它的地址。它给出过的数据保留在账本中。</translation>
    </message>
    <message>
        <source>Disconnect, no longer ask the service</source>
        <translation>断开连接，不再询问该服务</translation>
    </message>
    <message>
        <source>What the company&apos;s quotas pay for</source>
        <translation>公司的额度支付什么</translation>
    </message>
    <message>
        <source>No budget of your own is set.</source>
        <translation>没有设定你自己的预算。</translation>
    </message>
    <message>
        <source>Disconnect it?</source>
        <translation>断开连接？</translation>
    </message>
    <message>
        <source>You are signed out with it. Press again to do it.</source>
        <translation>同时会退出登录。再按一次即执行。</translation>
    </message>
    <message>
        <source>Press again to do it.</source>
        <translation>再按一次即执行。</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>It stands in the settings of this computer, not in yours.</source>
        <translation>它写在这台电脑的设置中，不在你的设置中。</translation>
    </message>
    <message>
        <source>Change {name}</source>
        <translation>更改 {name}</translation>
    </message>
    <message>
        <source>Remove {name}</source>
        <translation>移除 {name}</translation>
    </message>
    <message>
        <source>Remove it?</source>
        <translation>移除？</translation>
    </message>
    <message>
        <source>Press again to remove it. What was spent stays in the ledger.</source>
        <translation>再按一次即移除。已用的记录保留在账本中。</translation>
    </message>
    <message>
        <source>{amount} a {period}</source>
        <translation>每{period} {amount}</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>{amount}, for {covers}.</source>
        <translation>{amount}，用于：{covers}。</translation>
    </message>
    <message>
        <source>patterns, divided by commas</source>
        <translation>模式，用逗号分隔</translation>
    </message>
    <message>
        <source>Nobody chose it yet, so nothing of this computer&apos;s use is taken off the service&apos;s figures.</source>
        <translation>尚未选择，因此不会从服务的数据中扣除本机的用量。</translation>
    </message>
    <message>
        <source>All that agents do here</source>
        <translation>智能体在这里所做的一切</translation>
    </message>
    <message>
        <source>Else these agents</source>
        <translation>否则仅这些智能体</translation>
    </message>
    <message>
        <source>These projects</source>
        <translation>这些项目</translation>
    </message>
    <message>
        <source>These models</source>
        <translation>这些模型</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>all; or patterns such as client-*, divided by commas</source>
        <translation>全部；或模式，例如 client-*，用逗号分隔</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>数额</translation>
    </message>
    <message>
        <source>Each</source>
        <translation>每</translation>
    </message>
    <message>
        <source>Projects</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>模型</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>货币</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>起始日</translation>
    </message>
    <message>
        <source>A budget needs a name.</source>
        <translation>预算需要名称。</translation>
    </message>
    <message>
        <source>There is a budget of that name already.</source>
        <translation>已有同名的预算。</translation>
    </message>
    <message>
        <source>Type an amount above 0, for example 200.</source>
        <translation>请输入大于 0 的数额，例如 200。</translation>
    </message>
    <message>
        <source>A currency has three letters, such as USD or EUR.</source>
        <translation>货币由三个字母组成，例如 USD 或 EUR。</translation>
    </message>
    <message>
        <source>day</source>
        <translation>天</translation>
    </message>
    <message>
        <source>week</source>
        <translation>周</translation>
    </message>
    <message>
        <source>month</source>
        <translation>月</translation>
    </message>
    <message>
        <source>from {day}</source>
        <translation>从{day}起</translation>
    </message>
    <message>
        <source>from day {n}</source>
        <translation>从 {n} 日起</translation>
    </message>
    <message>
        <source>Data and privacy</source>
        <translation>数据与隐私</translation>
    </message>
    <message>
        <source>Nothing is sent</source>
        <translation>不发送任何内容</translation>
    </message>
    <message>
        <source>Open the folder of the data</source>
        <translation>打开数据文件夹</translation>
    </message>
    <message>
        <source>The ledger</source>
        <translation>账本</translation>
    </message>
    <message>
        <source>Back up</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Back up the ledger</source>
        <translation>备份账本</translation>
    </message>
    <message>
        <source>A whole copy</source>
        <translation>完整副本</translation>
    </message>
    <message>
        <source>All that the ledger holds, as one file. It can be made while Taximeter runs.</source>
        <translation>账本的全部内容，保存为一个文件。可在 Taximeter 运行时进行。</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>Export all requests as a table</source>
        <translation>把全部请求导出为表格</translation>
    </message>
    <message>
        <source>A table</source>
        <translation>表格</translation>
    </message>
    <message>
        <source>Every request with its tokens and cost, as CSV. Nothing of what was said in it.</source>
        <translation>每次请求及其 token 和费用，CSV 格式。不含对话内容。</translation>
    </message>
    <message>
        <source>Move</source>
        <translation>移动</translation>
    </message>
    <message>
        <source>Move the data to another folder</source>
        <translation>把数据移到另一个文件夹</translation>
    </message>
    <message>
        <source>Another folder</source>
        <translation>另一个文件夹</translation>
    </message>
    <message>
        <source>Taximeter ends for it, moves the ledger and the price lists, and starts again. A link stays in the old place.</source>
        <translation>Taximeter 会退出，移动账本和价目表，然后重新启动。原位置会留下一个链接。</translation>
    </message>
    <message>
        <source>Copy the command</source>
        <translation>复制命令</translation>
    </message>
    <message>
        <source>In a terminal: {command}</source>
        <translation>在终端中：{command}</translation>
    </message>
    <message>
        <source>Takes the hooks out of the agents&apos; settings and ends the start with the desktop. Asked twice, it also removes the ledger, your settings and the caches. The agents&apos; own logs are not touched.</source>
        <translation>从智能体的设置中移除钩子，并取消随桌面启动。再次确认后，还会移除账本、你的设置和缓存。不会动智能体自己的日志。</translation>
    </message>
    <message>
        <source>What is sent</source>
        <translation>发送什么</translation>
    </message>
    <message>
        <source>What is kept</source>
        <translation>保留什么</translation>
    </message>
    <message>
        <source>Take sessions out for good</source>
        <translation>永久移除会话</translation>
    </message>
    <message>
        <source>Uninstall</source>
        <translation>卸载</translation>
    </message>
    <message>
        <source>Copied to {file}, {size}.</source>
        <translation>已复制到 {file}，{size}。</translation>
    </message>
    <message>
        <source>Export all requests</source>
        <translation>导出全部请求</translation>
    </message>
    <message>
        <source>{n} requests written to {file}.</source>
        <translation>已将 {n} 次请求写入 {file}。</translation>
    </message>
    <message>
        <source>An empty folder for the data</source>
        <translation>用于数据的空文件夹</translation>
    </message>
    <message>
        <source>Taximeter ends, moves its data to {folder}, and starts again.</source>
        <translation>Taximeter 会退出，把数据移到 {folder}，然后重新启动。</translation>
    </message>
    <message>
        <source>Move the data</source>
        <translation>移动数据</translation>
    </message>
    <message>
        <source>Taximeter ends now and moves its data.</source>
        <translation>Taximeter 现在退出并移动数据。</translation>
    </message>
    <message>
        <source>Copied.</source>
        <translation>已复制。</translation>
    </message>
    <message>
        <source>At work</source>
        <translation>正在处理</translation>
    </message>
    <message>
        <source>Nothing is kept yet</source>
        <translation>尚未保留任何内容</translation>
    </message>
    <message>
        <source>1 session</source>
        <translation>1 个会话</translation>
    </message>
    <message>
        <source>{n} sessions</source>
        <translation>{n} 个会话</translation>
    </message>
    <message>
        <source>1 request</source>
        <translation>1 次请求</translation>
    </message>
    <message>
        <source>{n} requests</source>
        <translation>{n} 次请求</translation>
    </message>
    <message>
        <source>{size}: {sessions}, {requests}</source>
        <translation>{size}：{sessions}，{requests}</translation>
    </message>
    <message>
        <source>From {first} to {last}, read from {files} log files, and kept when agents delete theirs.</source>
        <translation>从 {first} 到 {last}，读自 {files} 个日志文件；智能体删除自己的日志后仍会保留。</translation>
    </message>
    <message>
        <source>No budget service is connected. Taximeter asks nobody for anything by itself.</source>
        <translation>没有连接预算服务。Taximeter 不会自行向任何人询问任何内容。</translation>
    </message>
    <message>
        <source>By itself: your figures are read from {service}</source>
        <translation>自动：从 {service} 读取你的数据</translation>
    </message>
    <message>
        <source>Each call that reads is a GET to {origin} with your token and the name of this program, without a body. A service that sets amounts aside is told one, and how many agents start, of each launch that you let go. No prompt, file name, path, project or session is sent.</source>
        <translation>每次读取都是向 {origin} 发出的 GET，带有你的令牌和本程序的名称，没有正文。对于会预留额度的服务，会在你放行启动时告知预留的额度和启动的智能体数量。不发送提示词、文件名、路径、项目或会话。</translation>
    </message>
    <message>
        <source>On your click alone: a request for more, and its withdrawal</source>
        <translation>仅在你点击时：增加额度的申请及其撤回</translation>
    </message>
    <message>
        <source>The amount, until when, and the reason that you typed, as its window shows them first.</source>
        <translation>数额、期限和你填写的原因，发送前会在窗口中显示。</translation>
    </message>
    <message>
        <source>Hosts contacted: none yet</source>
        <translation>联系过的主机：还没有</translation>
    </message>
    <message>
        <source>{host} is asked once you are signed in.</source>
        <translation>登录后才会询问 {host}。</translation>
    </message>
    <message>
        <source>Last asked {when}; all was well.</source>
        <translation>上次询问：{when}；一切正常。</translation>
    </message>
    <message>
        <source>Last asked {when}: {failure}</source>
        <translation>上次询问：{when}：{failure}</translation>
    </message>
    <message>
        <source>Hosts contacted: {host}</source>
        <translation>联系过的主机：{host}</translation>
    </message>
    <message>
        <source>Prices</source>
        <translation>价格</translation>
    </message>
    <message>
        <source>Price book</source>
        <translation>价目表</translation>
    </message>
    <message>
        <source>Without a price</source>
        <translation>没有价格</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>检查</translation>
    </message>
    <message>
        <source>Check the price list</source>
        <translation>检查价格表</translation>
    </message>
    <message>
        <source>Does the list hold?</source>
        <translation>价格表是否可靠？</translation>
    </message>
    <message>
        <source>It is compared with itself and, where that is installed, with what it was made from.</source>
        <translation>检查自身是否一致；如果装有其来源，也与来源比较。</translation>
    </message>
    <message>
        <source>Fetch</source>
        <translation>获取</translation>
    </message>
    <message>
        <source>Fetch a newer price list now</source>
        <translation>现在获取更新的价格表</translation>
    </message>
    <message>
        <source>A newer list</source>
        <translation>更新的价格表</translation>
    </message>
    <message>
        <source>Never fetched by itself. A click fetches a public file and sends nothing; costs that are stored stay as they are.</source>
        <translation>绝不自动获取。点击会下载一个公开文件，不发送任何内容；已保存的费用不变。</translation>
    </message>
    <message>
        <source>In force</source>
        <translation>当前使用</translation>
    </message>
    <message>
        <source>Price book, date, currency</source>
        <translation>价目表、日期、货币</translation>
    </message>
    <message>
        <source>Models without a price</source>
        <translation>没有价格的模型</translation>
    </message>
    <message>
        <source>Prices of your own</source>
        <translation>自己的价格</translation>
    </message>
    <message>
        <source>Files that lie above the list: the company&apos;s first, then yours.</source>
        <translation>优先于价格表的文件：先是公司的，然后是你的。</translation>
    </message>
    <message>
        <source>Choose the company&apos;s price file</source>
        <translation>选择公司的价格文件</translation>
    </message>
    <message>
        <source>Choose your price file</source>
        <translation>选择你的价格文件</translation>
    </message>
    <message>
        <source>Check and fetch</source>
        <translation>检查与获取</translation>
    </message>
    <message>
        <source>Choose</source>
        <translation>选择</translation>
    </message>
    <message>
        <source>Checking</source>
        <translation>正在检查</translation>
    </message>
    <message>
        <source>Fetching</source>
        <translation>正在获取</translation>
    </message>
    <message>
        <source>Prices of {day} are in force.</source>
        <translation>正在使用 {day} 的价格。</translation>
    </message>
    <message>
        <source>The company&apos;s file</source>
        <translation>公司的文件</translation>
    </message>
    <message>
        <source>Your file</source>
        <translation>你的文件</translation>
    </message>
    <message>
        <source>Prices of {day}, in {currency}</source>
        <translation>{day} 的价格，货币 {currency}</translation>
    </message>
    <message>
        <source>Fetched by you. Price book {id}.</source>
        <translation>由你获取。价目表 {id}。</translation>
    </message>
    <message>
        <source>Came with Taximeter. Price book {id}.</source>
        <translation>随 Taximeter 提供。价目表 {id}。</translation>
    </message>
    <message>
        <source>1 model without a price</source>
        <translation>1 个模型没有价格</translation>
    </message>
    <message>
        <source>{n} models without a price</source>
        <translation>{n} 个模型没有价格</translation>
    </message>
    <message>
        <source>no model named</source>
        <translation>未写明模型</translation>
    </message>
    <message>
        <source>{model}: {tokens} tokens</source>
        <translation>{model}：{tokens} token</translation>
    </message>
    <message>
        <source>and {n} more</source>
        <translation>以及另外 {n} 个</translation>
    </message>
    <message>
        <source>1 price differs from {version} and nobody has judged it.</source>
        <translation>1 个价格与 {version} 不同，尚无人判断。</translation>
    </message>
    <message>
        <source>{n} prices differ from {version} and nobody has judged them.</source>
        <translation>{n} 个价格与 {version} 不同，尚无人判断。</translation>
    </message>
    <message>
        <source>The list has no flaw in itself. What it was made from is not installed, so it was not compared.</source>
        <translation>价格表本身没有问题。没有安装其来源，因此未作比较。</translation>
    </message>
    <message>
        <source>The list holds: every difference from {version} is explained.</source>
        <translation>价格表可靠：与 {version} 的每处差异都有说明。</translation>
    </message>
    <message>
        <source>Which sessions</source>
        <translation>哪些会话</translation>
    </message>
    <message>
        <source>They cannot be read again: the logs are not touched, and not read anew.</source>
        <translation>移除后无法再读取：日志不会被动，也不会重新读取。</translation>
    </message>
    <message>
        <source>Sessions of which project</source>
        <translation>哪个项目的会话</translation>
    </message>
    <message>
        <source>All projects</source>
        <translation>全部项目</translation>
    </message>
    <message>
        <source>Ended before</source>
        <translation>结束于此日之前</translation>
    </message>
    <message>
        <source>Sessions that ended before this day</source>
        <translation>在此日之前结束的会话</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>计数</translation>
    </message>
    <message>
        <source>Count the sessions that would go</source>
        <translation>计算将移除的会话数</translation>
    </message>
    <message>
        <source>Remove for good</source>
        <translation>永久移除</translation>
    </message>
    <message>
        <source>Keep them</source>
        <translation>保留</translation>
    </message>
    <message>
        <source>Choose a project, or the day before which sessions are to go.</source>
        <translation>请选择项目，或选择移除哪天之前的会话。</translation>
    </message>
    <message>
        <source>There are no such sessions.</source>
        <translation>没有这样的会话。</translation>
    </message>
    <message>
        <source>{sessions} with {requests} would go.</source>
        <translation>将移除{sessions}，共{requests}。</translation>
    </message>
    <message>
        <source>Removing them</source>
        <translation>正在移除</translation>
    </message>
    <message>
        <source>They are gone.</source>
        <translation>已移除。</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>询问</translation>
    </message>
    <message>
        <source>Pause for 1 h</source>
        <translation>暂停 1 小时</translation>
    </message>
    <message>
        <source>Questions are asked</source>
        <translation>询问已开启</translation>
    </message>
    <message>
        <source>A pause asks nothing; what is open stays open.</source>
        <translation>暂停期间不询问；已打开的保持打开。</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>暂停</translation>
    </message>
    <message>
        <source>Pause the questions for an hour</source>
        <translation>暂停询问一小时</translation>
    </message>
    <message>
        <source>Agents that ask</source>
        <translation>会询问的智能体</translation>
    </message>
    <message>
        <source>Hooks of the agents, switch on, switch off, exact change</source>
        <translation>智能体的钩子，开启，关闭，确切改动</translation>
    </message>
    <message>
        <source>As delivered</source>
        <translation>恢复默认</translation>
    </message>
    <message>
        <source>Set all thresholds as delivered</source>
        <translation>把所有阈值恢复为默认</translation>
    </message>
    <message>
        <source>All of these as they were delivered</source>
        <translation>以上全部恢复为默认值</translation>
    </message>
    <message>
        <source>Nothing is asked until {time}</source>
        <translation>{time} 之前不询问</translation>
    </message>
    <message>
        <source>Ask again now</source>
        <translation>现在恢复询问</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>Search the settings</source>
        <translation>搜索设置</translation>
    </message>
    <message>
        <source>General</source>
        <translation>通用</translation>
    </message>
    <message>
        <source>Notifications</source>
        <translation>通知</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页面</translation>
    </message>
    <message>
        <source>Open the file</source>
        <translation>打开文件</translation>
    </message>
    <message>
        <source>Open the settings file</source>
        <translation>打开设置文件</translation>
    </message>
    <message>
        <source>Open the settings file to mend it</source>
        <translation>打开设置文件以修正</translation>
    </message>
    <message>
        <source>No setting is called so.</source>
        <translation>没有这样的设置。</translation>
    </message>
</context>
<context>
    <name>SignIn</name>
    <message>
        <source>Token</source>
        <translation>令牌</translation>
    </message>
    <message>
        <source>Token, not shown</source>
        <translation>令牌，不显示</translation>
    </message>
    <message>
        <source>Open the page</source>
        <translation>打开页面</translation>
    </message>
    <message>
        <source>Copy the code</source>
        <translation>复制代码</translation>
    </message>
    <message>
        <source>Paste the token that your company gave you.</source>
        <translation>请粘贴公司给你的令牌。</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>已复制</translation>
    </message>
    <message>
        <source>The code: {code}</source>
        <translation>代码：{code}</translation>
    </message>
    <message>
        <source>Sign in to {service}</source>
        <translation>登录 {service}</translation>
    </message>
    <message>
        <source>Asking {host} how people sign in. It is not told who asks.</source>
        <translation>正在询问 {host} 如何登录。不会告诉它是谁在询问。</translation>
    </message>
    <message>
        <source>Waiting for the keyring. It may ask for your password in a window of its own.</source>
        <translation>正在等待密钥环。它可能会在另一个窗口中要求输入密码。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Hold it until Taximeter is closed</source>
        <translation>保留到 Taximeter 关闭</translation>
    </message>
    <message>
        <source>Taximeter holds the token until it is closed, and asks again at the next start.</source>
        <translation>Taximeter 会保留令牌到关闭为止，下次启动时再询问。</translation>
    </message>
    <message>
        <source>This computer has no keyring that keeps a token safely. Taximeter holds it until it is closed, and asks again at the next start. A token from TAXIMETER_TOKEN, or from a program that the settings name, needs no asking.</source>
        <translation>这台电脑没有能安全保存令牌的密钥环。Taximeter 会保留到关闭为止，下次启动时再询问。来自 TAXIMETER_TOKEN 或设置中指定程序的令牌则无需询问。</translation>
    </message>
    <message>
        <source>The token lies in this computer&apos;s keyring.</source>
        <translation>令牌保存在这台电脑的密钥环中。</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>No budget service is connected. Connect one under Budget in the settings.</source>
        <translation>没有连接预算服务。请在设置的“预算”中连接。</translation>
    </message>
    <message>
        <source>Asking for a code</source>
        <translation>正在申请代码</translation>
    </message>
    <message>
        <source>You are signed out here. The service was not told.</source>
        <translation>已在本机退出登录。未通知服务。</translation>
    </message>
    <message>
        <source>It was refused on that page. Nothing was kept.</source>
        <translation>在该页面被拒绝。没有保存任何内容。</translation>
    </message>
    <message>
        <source>The code has run out. Nothing was kept.</source>
        <translation>代码已过期。没有保存任何内容。</translation>
    </message>
    <message>
        <source>{what}. Nothing was kept.</source>
        <translation>{what}。没有保存任何内容。</translation>
    </message>
    <message>
        <source>Get a new code</source>
        <translation>获取新代码</translation>
    </message>
    <message>
        <source>Get a code</source>
        <translation>获取代码</translation>
    </message>
    <message>
        <source>Use a token instead</source>
        <translation>改用令牌</translation>
    </message>
    <message>
        <source>Use a code instead</source>
        <translation>改用代码</translation>
    </message>
    <message>
        <source>The token that {what} gives is used before one that you sign in with here.</source>
        <translation>{what} 给出的令牌优先于在此登录的令牌。</translation>
    </message>
    <message>
        <source>There is a token already. Signing in puts another in its place.</source>
        <translation>已有令牌。登录会用新的替换它。</translation>
    </message>
    <message>
        <source>{what}, so that it cannot tell how people sign in. A token can be kept all the same.</source>
        <translation>{what}，因此无法得知如何登录。仍可保存令牌。</translation>
    </message>
    <message>
        <source>The token goes to {host} and nowhere else, with the question what is left of your budget. Nothing of your work is sent.</source>
        <translation>令牌只发送到 {host}，用于询问预算剩余。不会发送你的任何工作内容。</translation>
    </message>
    <message>
        <source>Your company signs people in at {provider}. It is asked for a code and told the name of this app and what it asks for: {asks}.</source>
        <translation>公司通过 {provider} 登录。会向它申请代码，并告知本应用的名称和所申请的权限：{asks}。</translation>
    </message>
    <message>
        <source>{host} is asked for a code, which you type in on a page of your company&apos;s.</source>
        <translation>会向 {host} 申请代码，你在公司的页面上输入。</translation>
    </message>
    <message>
        <source>Open this page and type the code in:
{page}</source>
        <translation>打开此页面并输入代码：
{page}</translation>
    </message>
    <message>
        <source>Waiting for you to allow it there.</source>
        <translation>正在等待你在那里允许。</translation>
    </message>
    <message>
        <source>{what}. It is asked again by itself.</source>
        <translation>{what}。会自动再次询问。</translation>
    </message>
    <message>
        <source>Waiting for you to allow it there. The answer may take a little longer to show here.</source>
        <translation>正在等待你在那里允许。结果可能要稍后才显示。</translation>
    </message>
    <message>
        <source>Good for 1 minute</source>
        <translation>1 分钟内有效</translation>
    </message>
    <message>
        <source>Good for {n} minutes</source>
        <translation>{n} 分钟内有效</translation>
    </message>
    <message>
        <source>Good for 1 second</source>
        <translation>1 秒内有效</translation>
    </message>
    <message>
        <source>Good for {n} seconds</source>
        <translation>{n} 秒内有效</translation>
    </message>
    <message>
        <source>Signed in to {service}</source>
        <translation>已登录 {service}</translation>
    </message>
    <message>
        <source>Asking {host} for your figures</source>
        <translation>正在向 {host} 查询你的数据</translation>
    </message>
    <message>
        <source>{host} has told the figures of {who}.</source>
        <translation>{host} 已给出 {who} 的数据。</translation>
    </message>
    <message>
        <source>{host} has told your figures.</source>
        <translation>{host} 已给出你的数据。</translation>
    </message>
    <message>
        <source>{first} and {second}</source>
        <translation>{first}和{second}</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
</context>
<context>
    <name>Team</name>
    <message>
        <source>Team</source>
        <translation>团队</translation>
    </message>
    <message>
        <source>Team, requests that wait: {n}</source>
        <translation>团队，待处理的申请：{n}</translation>
    </message>
    <message>
        <source>Team ({n})</source>
        <translation>团队（{n}）</translation>
    </message>
    <message>
        <source>{file} cannot be written</source>
        <translation>无法写入 {file}</translation>
    </message>
    <message>
        <source>{reason}.</source>
        <translation>{reason}。</translation>
    </message>
    <message>
        <source>Employee</source>
        <translation>员工</translation>
    </message>
    <message>
        <source>Left</source>
        <translation>剩余</translation>
    </message>
    <message>
        <source>Limit</source>
        <translation>上限</translation>
    </message>
    <message>
        <source>Used</source>
        <translation>已用</translation>
    </message>
    <message>
        <source>Runs out</source>
        <translation>用完时间</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>申请</translation>
    </message>
    <message>
        <source>no limit set</source>
        <translation>未设上限</translation>
    </message>
    <message>
        <source>{quota}: {rest}</source>
        <translation>{quota}：{rest}</translation>
    </message>
    <message>
        <source>No limit is set for this person, so nothing is counted.</source>
        <translation>没有为此人设上限，因此不计数。</translation>
    </message>
    <message>
        <source>figures of {moment}</source>
        <translation>{moment} 的数据</translation>
    </message>
    <message>
        <source>1 person</source>
        <translation>1 人</translation>
    </message>
    <message>
        <source>{n} people</source>
        <translation>{n} 人</translation>
    </message>
    <message>
        <source>{here} of the first {read}</source>
        <translation>前 {read} 人中的 {here}</translation>
    </message>
    <message>
        <source>{here} of {total}</source>
        <translation>{here}，共 {total} 人</translation>
    </message>
    <message>
        <source>Nobody</source>
        <translation>没有人</translation>
    </message>
    <message>
        <source>Everyone lasts to the reset, as far as is known.</source>
        <translation>就目前所知，每个人都能用到重置。</translation>
    </message>
    <message>
        <source>No requests</source>
        <translation>没有申请</translation>
    </message>
    <message>
        <source>Nobody waits for a decision.</source>
        <translation>没有人在等待决定。</translation>
    </message>
    <message>
        <source>Nobody found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>No name fits what you search for.</source>
        <translation>没有符合搜索的姓名。</translation>
    </message>
    <message>
        <source>No people yet</source>
        <translation>还没有成员</translation>
    </message>
    <message>
        <source>The company&apos;s service knows of nobody whom you lead.</source>
        <translation>公司的服务中没有由你负责的人。</translation>
    </message>
    <message>
        <source>{n} requests</source>
        <translation>{n} 项申请</translation>
    </message>
    <message>
        <source>{amount} more</source>
        <translation>增加 {amount}</translation>
    </message>
    <message>
        <source>suspended</source>
        <translation>已暂停</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>无上限</translation>
    </message>
    <message>
        <source>nothing</source>
        <translation>无</translation>
    </message>
    <message>
        <source>{amount} over</source>
        <translation>超出 {amount}</translation>
    </message>
    <message>
        <source>{rest}. {outlook}</source>
        <translation>{rest}。{outlook}</translation>
    </message>
    <message>
        <source>{rest}. {message}</source>
        <translation>{rest}。{message}</translation>
    </message>
    <message>
        <source>reset since</source>
        <translation>已重置</translation>
    </message>
    <message>
        <source>used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>lasts</source>
        <translation>够用</translation>
    </message>
    <message>
        <source>too early to say</source>
        <translation>还无法判断</translation>
    </message>
    <message>
        <source>Figures of {moment}: what was used since then is not known</source>
        <translation>{moment} 的数据：此后的用量未知</translation>
    </message>
    <message>
        <source>Figures of {moment}</source>
        <translation>{moment} 的数据</translation>
    </message>
    <message>
        <source>How much to give</source>
        <translation>给予多少</translation>
    </message>
    <message>
        <source>A note, if you like</source>
        <translation>备注（可以不写）</translation>
    </message>
    <message>
        <source>Note to {name}</source>
        <translation>给 {name} 的备注</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>批准</translation>
    </message>
    <message>
        <source>Deny</source>
        <translation>不批准</translation>
    </message>
    <message>
        <source>Give</source>
        <translation>给予</translation>
    </message>
    <message>
        <source>That is no amount.</source>
        <translation>这不是有效的数额。</translation>
    </message>
    <message>
        <source>Sending</source>
        <translation>正在发送</translation>
    </message>
    <message>
        <source>What your manager sees of you</source>
        <translation>你的经理看到的你的情况</translation>
    </message>
    <message>
        <source>Your limits, what is used of them, and the requests that you send. No session, no project, no prompt: they stay on this computer.</source>
        <translation>你的额度、已用多少，以及你发出的申请。没有会话，没有项目，没有提示词：它们只留在这台电脑上。</translation>
    </message>
    <message>
        <source>Your row</source>
        <translation>你的一行</translation>
    </message>
    <message>
        <source>Read again</source>
        <translation>重新读取</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Reading</source>
        <translation>正在读取</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>额度</translation>
    </message>
    <message>
        <source>Asks for more</source>
        <translation>申请增加</translation>
    </message>
    <message>
        <source>Decided lately</source>
        <translation>最近的决定</translation>
    </message>
    <message>
        <source>People, by name</source>
        <translation>成员，按姓名</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>重试</translation>
    </message>
    <message>
        <source>Choose a person to see every limit, and to decide.</source>
        <translation>选择一个人，查看所有额度并作决定。</translation>
    </message>
    <message>
        <source>The company&apos;s service is asked.</source>
        <translation>正在询问公司的服务。</translation>
    </message>
    <message>
        <source>Decided. The new figures could not be read: {why}.</source>
        <translation>已决定。无法读取新数据：{why}。</translation>
    </message>
    <message>
        <source>Export the people in the table</source>
        <translation>导出表中的人</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>Exported, {count}.</source>
        <translation>已导出，{count}。</translation>
    </message>
    <message>
        <source>Search by name</source>
        <translation>按姓名搜索</translation>
    </message>
    <message>
        <source>Who is shown</source>
        <translation>显示哪些人</translation>
    </message>
    <message>
        <source>Everyone</source>
        <translation>所有人</translation>
    </message>
    <message>
        <source>Will run out before the reset</source>
        <translation>会在重置前用完</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>导出</translation>
    </message>
    <message>
        <source>The people in the table, as CSV</source>
        <translation>表中的人，CSV 格式</translation>
    </message>
    <message>
        <source>Show more</source>
        <translation>显示更多</translation>
    </message>
</context>
<context>
    <name>Timeline</name>
    <message>
        <source>Agents over time: {runs} runs, at most {peak} subagents at once, {span}, {cost}</source>
        <translation>智能体随时间：{runs} 次运行，最多同时 {peak} 个子智能体，{span}，{cost}</translation>
    </message>
    <message>
        <source>main</source>
        <translation>主</translation>
    </message>
    <message>
        <source>review</source>
        <translation>审查</translation>
    </message>
    <message>
        <source>subagents</source>
        <translation>子智能体</translation>
    </message>
</context>
<context>
    <name>Told</name>
    <message>
        <source>{title}. {body}</source>
        <translation>{title}。{body}</translation>
    </message>
    <message>
        <source>1 request waits for your decision</source>
        <translation>1 项申请等待你决定</translation>
    </message>
    <message>
        <source>{n} requests wait for your decision</source>
        <translation>{n} 项申请等待你决定</translation>
    </message>
    <message>
        <source>Open the team to read what is asked for, and to decide.</source>
        <translation>打开团队窗口查看申请内容并决定。</translation>
    </message>
    <message>
        <source>Sign in again to see what is left.</source>
        <translation>请重新登录以查看剩余。</translation>
    </message>
    <message>
        <source>It has given no figure for hours. The last one stays, with its age.</source>
        <translation>已有数小时没有给出数据。保留上次的数据及其时间。</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>显示</translation>
    </message>
    <message>
        <source>Again in 1 h</source>
        <translation>1 小时后再提醒</translation>
    </message>
    <message>
        <source>Not until the reset</source>
        <translation>重置前不再提醒</translation>
    </message>
    <message>
        <source>{why} {rest}.</source>
        <translation>{why}{rest}。</translation>
    </message>
    <message>
        <source>{quota} has passed its soft limit</source>
        <translation>{quota} 已超过提醒线</translation>
    </message>
    <message>
        <source>{quota} is used faster than its time passes</source>
        <translation>{quota} 用得比时间过得快</translation>
    </message>
    <message>
        <source>{quota} will not last</source>
        <translation>{quota} 不够用</translation>
    </message>
    <message>
        <source>{quota} is nearly used up</source>
        <translation>{quota} 快用完了</translation>
    </message>
    <message>
        <source>{quota} is being spent fast</source>
        <translation>{quota} 消耗很快</translation>
    </message>
    <message>
        <source>{quota} is suspended</source>
        <translation>{quota} 已暂停</translation>
    </message>
    <message>
        <source>{quota} is used up</source>
        <translation>{quota} 已用完</translation>
    </message>
    <message>
        <source>{quota} can be used again</source>
        <translation>{quota} 又可以用了</translation>
    </message>
    <message>
        <source>A budget of your own</source>
        <translation>你自己的预算</translation>
    </message>
    <message>
        <source>A plan&apos;s window</source>
        <translation>套餐窗口</translation>
    </message>
    <message>
        <source>Your company&apos;s budget</source>
        <translation>公司的预算</translation>
    </message>
    <message>
        <source>{answer}: {rest}</source>
        <translation>{answer}：{rest}</translation>
    </message>
    <message>
        <source>In the last hour several times an even pace was used.</source>
        <translation>最近一小时的用量是匀速的数倍。</translation>
    </message>
    <message>
        <source>In the last {n} hours twice an even pace was used.</source>
        <translation>最近 {n} 小时的用量是匀速的两倍。</translation>
    </message>
    <message>
        <source>{why} {expected}</source>
        <translation>{why}{expected}</translation>
    </message>
    <message>
        <source>{said}.</source>
        <translation>{said}。</translation>
    </message>
    <message>
        <source>{said}. It is reset {moment}.</source>
        <translation>{said}。重置：{moment}。</translation>
    </message>
    <message>
        <source>Your company lets nothing through until that is lifted.</source>
        <translation>解除之前公司不放行任何请求。</translation>
    </message>
    <message>
        <source>An agent was refused at {time}</source>
        <translation>{time} 有智能体被拒绝</translation>
    </message>
    <message>
        <source>It was reset.</source>
        <translation>已重置。</translation>
    </message>
    <message>
        <source>More was granted, or it is let through again.</source>
        <translation>额度已增加，或已重新放行。</translation>
    </message>
    <message>
        <source>Your request for more was approved</source>
        <translation>你的增加申请已批准</translation>
    </message>
    <message>
        <source>Your request for more was denied</source>
        <translation>你的增加申请未获批准</translation>
    </message>
    <message>
        <source>Open Taximeter to read the answer.</source>
        <translation>打开 Taximeter 查看答复。</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Sessions</source>
        <translation>会话</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Quit Taximeter</source>
        <translation>退出 Taximeter</translation>
    </message>
    <message>
        <source>Reading the ledger</source>
        <translation>正在读取账本</translation>
    </message>
    <message>
        <source>No figures yet</source>
        <translation>还没有数据</translation>
    </message>
    <message>
        <source>{answer}: {rest}</source>
        <translation>{answer}：{rest}</translation>
    </message>
    <message>
        <source>Questions are paused until {time}</source>
        <translation>询问已暂停到 {time}</translation>
    </message>
    <message>
        <source>No question waits</source>
        <translation>没有等待的询问</translation>
    </message>
    <message>
        <source>A question waits</source>
        <translation>有一个询问在等待</translation>
    </message>
    <message>
        <source>{n} questions wait</source>
        <translation>有 {n} 个询问在等待</translation>
    </message>
    <message>
        <source>Pause questions for 1 h</source>
        <translation>暂停询问 1 小时</translation>
    </message>
    <message>
        <source>Resume questions (paused until {time})</source>
        <translation>恢复询问（已暂停到 {time}）</translation>
    </message>
    <message>
        <source>Spending is shown without a limit</source>
        <translation>显示用量，没有上限</translation>
    </message>
    <message>
        <source>{rest}, {reset}</source>
        <translation>{rest}，{reset}</translation>
    </message>
</context>
<context>
    <name>UsedUp</name>
    <message>
        <source>Used up</source>
        <translation>已用完</translation>
    </message>
    <message>
        <source>Show what used it</source>
        <translation>查看用在哪里</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Still working</source>
        <translation>仍可使用</translation>
    </message>
    <message>
        <source>Back on</source>
        <translation>恢复时间</translation>
    </message>
    <message>
        <source>Not slowed by it</source>
        <translation>不受影响</translation>
    </message>
    <message>
        <source>At full speed again on</source>
        <translation>恢复全速</translation>
    </message>
    <message>
        <source>Other limits</source>
        <translation>其他额度</translation>
    </message>
    <message>
        <source>Starts anew on</source>
        <translation>重新开始</translation>
    </message>
    <message>
        <source>Nothing is used up</source>
        <translation>没有用完的额度</translation>
    </message>
    <message>
        <source>since {moment}</source>
        <translation>自 {moment} 起</translation>
    </message>
    <message>
        <source>{waiting}.</source>
        <translation>{waiting}。</translation>
    </message>
    <message>
        <source>Show the request</source>
        <translation>查看申请</translation>
    </message>
    <message>
        <source>{outcome}.</source>
        <translation>{outcome}。</translation>
    </message>
    <message>
        <source>Ask for more</source>
        <translation>申请增加</translation>
    </message>
    <message>
        <source>A budget is used up</source>
        <translation>一项预算已用完</translation>
    </message>
    <message>
        <source>Suspended: {quota}</source>
        <translation>已暂停：{quota}</translation>
    </message>
    <message>
        <source>The {window} is used up</source>
        <translation>{window}已用完</translation>
    </message>
    <message>
        <source>Used up: {quota}</source>
        <translation>已用完：{quota}</translation>
    </message>
    <message>
        <source>{agent} stops answering until the window is over.</source>
        <translation>{agent} 在窗口结束前不再回应。</translation>
    </message>
    <message>
        <source>{agent} was refused for want of budget.</source>
        <translation>{agent} 因预算不足被拒绝。</translation>
    </message>
    <message>
        <source>Only your company can lift that.</source>
        <translation>只有公司能解除。</translation>
    </message>
    <message>
        <source>Nothing is granted: it takes a higher limit.</source>
        <translation>没有授予额度：需要更高的上限。</translation>
    </message>
    <message>
        <source>It is never reset: it takes a higher limit.</source>
        <translation>不会重置：需要更高的上限。</translation>
    </message>
    <message>
        <source>Your company lets nothing through: {agents} cannot work.</source>
        <translation>公司不放行任何请求：{agents} 无法工作。</translation>
    </message>
    <message>
        <source>Requests are refused: {agents} cannot go on.</source>
        <translation>请求被拒绝：{agents} 无法继续。</translation>
    </message>
    <message>
        <source>Requests are slowed: {agents} can go on, but each step waits longer.</source>
        <translation>请求变慢：{agents} 可以继续，但每一步要等更久。</translation>
    </message>
    <message>
        <source>Nothing is stopped: {agents} can go on, and your company is told.</source>
        <translation>没有中断：{agents} 可以继续，公司会得知。</translation>
    </message>
    <message>
        <source>Nothing is stopped: it only counts, and {agents} can go on.</source>
        <translation>没有中断：只计数，{agents} 可以继续。</translation>
    </message>
    <message>
        <source>It is a budget of your own. It warns and stops nothing: agents go on.</source>
        <translation>这是你自己的预算。它只提醒，不中断：智能体继续工作。</translation>
    </message>
    <message>
        <source>agents</source>
        <translation>智能体</translation>
    </message>
    <message>
        <source>agents that it pays for</source>
        <translation>由它支付的智能体</translation>
    </message>
    <message>
        <source>1 session is running and gets slower: {names}.</source>
        <translation>1 个会话正在运行，会变慢：{names}。</translation>
    </message>
    <message>
        <source>{n} sessions are running and get slower: {names}.</source>
        <translation>{n} 个会话正在运行，会变慢：{names}。</translation>
    </message>
    <message>
        <source>1 session was running and fails at its next step: {names}. It can be resumed.</source>
        <translation>1 个会话正在运行，下一步会失败：{names}。之后可以继续。</translation>
    </message>
    <message>
        <source>{n} sessions were running and fail at their next step: {names}. They can be resumed.</source>
        <translation>{n} 个会话正在运行，下一步会失败：{names}。之后可以继续。</translation>
    </message>
    <message>
        <source>{name}: {left}, {reset}</source>
        <translation>{name}：{left}，{reset}</translation>
    </message>
    <message>
        <source>Not touched by it: {agents}</source>
        <translation>不受影响：{agents}</translation>
    </message>
    <message>
        <source>{first} and {last}</source>
        <translation>{first}和{last}</translation>
    </message>
</context>
</TS>
