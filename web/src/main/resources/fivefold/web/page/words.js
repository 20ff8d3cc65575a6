// What the page says, in each language. The server's own lines are English; those that people meet
// often have a pattern here.

const words = {
  en: {
    title: "Fivefold chat",
    yourName: "Your name",
    nameRule: "Up to 20 letters, digits, _ or -",
    password: "Password",
    enter: "Come in",
    skip: "Skip to the message box",
    rooms: "Rooms",
    otherRooms: "Other rooms",
    joinRoom: "Join or make a room",
    join: "Join",
    leave: "Leave",
    youAre: "You are",
    search: "Search this room",
    people: "People",
    close: "Close",
    messages: "Messages",
    earlier: "Earlier messages",
    message: "Message",
    send: "Send",
    hint: "Enter sends. /help lists commands. Alt+↑ and Alt+↓ change the room.",
    languageChoice: "中文",
    themeSystem: "Theme: system",
    themeLight: "Theme: light",
    themeDark: "Theme: dark",
    connecting: "Connecting…",
    lost: "The connection is lost. Trying again…",
    offline: "You are offline.",
    mayMiss: "The connection was lost for a while, and this chat keeps no history.",
    newMessages: (n) => (n === 1 ? "1 new message ↓" : `${n} new messages ↓`),
    toTheEnd: "To the end ↓",
    newLine: "New",
    unread: (n) => `${n} unread`,
    here: (n) => `${n} here`,
    moreHere: (n) => `and ${n} more`,
    sending: "sending…",
    notSent: "not sent",
    retry: "Send again",
    discard: "Discard",
    found: (room, n) => `Found in #${room}: ${n}`,
    nothingYet: "Nothing has been said here yet.",
    topicSet: (by, topic) => `${by} sets the topic: ${topic}`,
    topicGone: (by) => `${by} takes the topic away`,
    dropped: (names) => `${names} did not read in time and had to go`,
    whisperTo: (name) => `to ${name} alone`,
    whisperFrom: (name) => `${name}, to you alone`,
    tooLong: (bytes) => `Too long: a message has at most ${bytes} bytes.`,
    you: "you",
    today: "Today",
    yesterday: "Yesterday",
    again: "Come in again",
  },
  zh: {
    title: "Fivefold 聊天室",
    yourName: "你的名字",
    nameRule: "最多 20 个字母、汉字、数字、_ 或 -",
    password: "密码",
    enter: "进入",
    skip: "跳到输入框",
    rooms: "房间",
    otherRooms: "其他房间",
    joinRoom: "加入或新建房间",
    join: "加入",
    leave: "离开",
    youAre: "你是",
    search: "搜索本房间",
    people: "在线",
    close: "关闭",
    messages: "消息",
    earlier: "更早的消息",
    message: "输入消息",
    send: "发送",
    hint: "回车发送。/help 列出命令。Alt+↑ 和 Alt+↓ 切换房间。",
    languageChoice: "English",
    themeSystem: "主题：跟随系统",
    themeLight: "主题：浅色",
    themeDark: "主题：深色",
    connecting: "正在连接…",
    lost: "连接已断开，正在重试…",
    offline: "你已离线。",
    mayMiss: "连接曾中断，而本聊天室不保留历史，可能有遗漏。",
    newMessages: (n) => `${n} 条新消息 ↓`,
    toTheEnd: "到最新 ↓",
    newLine: "新消息",
    unread: (n) => `${n} 条未读`,
    here: (n) => `${n} 人在线`,
    moreHere: (n) => `还有 ${n} 人`,
    sending: "发送中…",
    notSent: "未发送",
    retry: "重新发送",
    discard: "丢弃",
    found: (room, n) => `在 #${room} 找到 ${n} 条`,
    nothingYet: "这里还没有人说话。",
    topicSet: (by, topic) => `${by} 设置话题：${topic}`,
    topicGone: (by) => `${by} 取消了话题`,
    dropped: (names) => `${names} 接收太慢，已被断开`,
    whisperTo: (name) => `只对 ${name} 说`,
    whisperFrom: (name) => `${name} 只对你说`,
    tooLong: (bytes) => `太长：一条消息最多 ${bytes} 字节。`,
    you: "你",
    today: "今天",
    yesterday: "昨天",
    again: "重新进入",
  },
};

const serverLines = [
  [/^'(.+)' is taken$/, (m) => `“${m[1]}”已被使用`],
  [/^'(.+)' is the operator's name$/, (m) => `“${m[1]}”是管理员的名字`],
  [/^a nickname has 1 to (\d+) letters/, (m) => `名字须为 1 到 ${m[1]} 个字母、汉字、数字、_ 或 -`],
  [/^a room's name has 1 to (\d+) letters/, (m) => `房间名须为 1 到 ${m[1]} 个字母、汉字、数字、_ 或 -`],
  [/^wrong password; try again$/, () => "密码错误，请重试"],
  [/^wrong password$/, () => "密码错误"],
  [/^not sent: at most (\d+) messages a second/, (m) => `未发送：每个地址每秒最多 ${m[1]} 条消息`],
  [/^not sent: the history cannot be written$/, () => "未发送：历史记录无法写入"],
  [/^unknown command (\S+);/, (m) => `没有命令 ${m[1]}；/help 列出命令`],
  [/^you were sent away by the operator$/, () => "管理员已将你移出"],
  [/^you are banned here$/, () => "你已被禁止进入"],
  [/^you have come in again elsewhere$/, () => "你已在别处重新进入"],
  [/^too many connections from your address/, () => "你的地址连接太多"],
];

let language = "en";

export function setLanguage(wanted) {
  language = wanted in words ? wanted : "en";
}

export function currentLanguage() {
  return language;
}

export function word(name, ...values) {
  const text = words[language][name];
  return typeof text === "function" ? text(...values) : text;
}

export function serverLine(text) {
  if (language === "zh") {
    for (const [pattern, translated] of serverLines) {
      const match = pattern.exec(text);
      if (match) {
        return translated(match);
      }
    }
  }
  return text;
}
