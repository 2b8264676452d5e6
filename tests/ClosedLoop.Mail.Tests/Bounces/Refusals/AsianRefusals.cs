using ClosedLoop.Mail.Bounces;
using static ClosedLoop.Mail.Bounces.BounceReason;
using static ClosedLoop.Mail.Tests.Bounces.Refusals.RefusalReport;

namespace ClosedLoop.Mail.Tests.Bounces.Refusals;

/// <summary>Providers of Japan, China, Korea, Taiwan, India and their neighbours.</summary>
public static class AsianRefusals
{
    public static TheoryData<BounceReason, string, string> All => new()
    {
        // Japan
        { UnknownUser, Rcpt, "550 Unknown user ann@docomo.ne.jp" },
        { UnknownUser, Rcpt, "550 Invalid recipient: <ann@softbank.ne.jp>" },
        { UnknownUser, Rcpt, "550 <ann@ezweb.ne.jp>: User unknown" },
        { Refused, Data, "550 : User unknown" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@nifty.com>... User Unknown" },
        { UnknownUser, Rcpt, "550 5.1.1 ann@biglobe.ne.jp User not found" },
        { UnknownUser, Rcpt, "550 宛先のメールアドレスが存在しません" },
        { UnknownUser, Rcpt, "550 ユーザーが見つかりません" },
        { UnknownUser, Rcpt, "550 該当するユーザはいません" },
        { MailboxFull, Rcpt, "552 メールボックスの容量が超過しています" },
        { MailboxFull, Rcpt, "552 メールボックスがいっぱいです" },
        { Refused, Data, "550 受信が拒否されました" },
        { UnknownHost, Rcpt, "550 宛先ドメインが存在しません" },
        { Suspended, Rcpt, "550 アカウントは停止されています" },
        { MailboxFull, Rcpt, "552 容量オーバー" },
        // China
        { UnknownUser, Rcpt, "550 User not found: ann@163.com" },
        { UnknownUser, Rcpt, "550 Mailbox not found. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000728" },
        { UnknownUser, Rcpt, "550 Mailbox unavailable or access denied" },
        { UnknownUser, Rcpt, "550 MI:IUF, invalid user" },
        { Suspended, Rcpt, "550 User suspended http://mail.163.com/help/help_spam_16.htm" },
        { Spam, Data, "554 DT:SPM 163 smtp11,D8CowAB3, please see http://mail.163.com/help/help_spam_16.htm?ip=192.0.2.1" },
        { RelayingDenied, Rcpt, "553 Requested action not taken: Local user only,163 smtp11" },
        { Spam, Data, "550 Mail content denied. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000726" },
        { Throttled, Rcpt, "550 Connection frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000722" },
        { Throttled, Rcpt, "550 Ip frequency limited. http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=20022&&no=1000725" },
        { UnknownUser, Rcpt, "550 The recipient may contain a non-existent account, please check the recipient address." },
        { UnknownUser, Rcpt, "550 用户不存在" },
        { UnknownUser, Rcpt, "550 收件人地址不存在" },
        { UnknownUser, Rcpt, "550 邮箱不存在" },
        { MailboxFull, Rcpt, "552 收件人邮箱已满" },
        { MailboxFull, Rcpt, "552 邮箱空间不足" },
        { Suspended, Rcpt, "550 该账号已被禁用" },
        { Suspended, Rcpt, "550 用户被锁定" },
        { Spam, Data, "550 被识别为垃圾邮件" },
        { UnknownUser, Rcpt, "550 無此使用者" },
        { UnknownUser, Rcpt, "550 查無此帳號" },
        { UnknownUser, Rcpt, "550 Invalid User: ann@sina.com" },
        { Throttled, Rcpt, "450 4.2.1 Requested mail action not taken: ERR.LOGIN.REQFAIL too much mail" },
        { UnknownHost, Rcpt, "550 域名不存在" },
        // Korea, India, others
        { UnknownUser, Rcpt, "550 5.1.1 No such user - nsmtp" },
        { UnknownUser, Rcpt, "550 5.1.1 Recipient unknown ann@daum.net" },
        { UnknownUser, Rcpt, "550 존재하지 않는 사용자입니다" },
        { UnknownUser, Rcpt, "550 사용자를 찾을 수 없습니다" },
        { MailboxFull, Rcpt, "552 메일함이 가득 찼습니다" },
        { MailboxFull, Rcpt, "552 5.2.2 메일 용량이 초과되었습니다" },
        { Suspended, Rcpt, "550 5.2.1 휴면 계정입니다" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@rediffmail.com> is not a valid mailbox" },
        { MailboxFull, Rcpt, "450 Requested action not taken: mailbox over quota" },
        { Suspended, Rcpt, "550 user is inactive (in freeze state)" },
        { UnknownUser, Rcpt, "511 5.1.1 User is unknown {mx-in, 3}" },
    };
}
