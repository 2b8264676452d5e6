using ClosedLoop.Mail.Bounces;
using static ClosedLoop.Mail.Bounces.BounceReason;
using static ClosedLoop.Mail.Tests.Bounces.Refusals.RefusalReport;

namespace ClosedLoop.Mail.Tests.Bounces.Refusals;

/// <summary>Google, Yahoo, Apple, the cable companies and the sending services of America (their postmaster pages).</summary>
public static class AmericanRefusals
{
    public static TheoryData<BounceReason, string, string> All => new()
    {
        // Google
        { UnknownUser, Rcpt, "550-5.1.1 The email account that you tried to reach does not exist. Please try 550-5.1.1 double-checking the recipient's email address for typos or 550-5.1.1 unnecessary spaces. For more information, go to 550 5.1.1 https://support.google.com/mail/?p=NoSuchUser a1si123 - gsmtp" },
        { Suspended, Rcpt, "550 5.2.1 The email account that you tried to reach is disabled. Learn more at https://support.google.com/mail/?p=DisabledUser a1si123 - gsmtp" },
        { Suspended, Rcpt, "550 5.2.1 The email account that you tried to reach is inactive. For more information, go to https://support.google.com/mail/?p=InactiveUser a1si123 - gsmtp" },
        { MailboxFull, Rcpt, "452 4.2.2 The recipient's inbox is out of storage space. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaTemp a1si123 - gsmtp" },
        { MailboxFull, Rcpt, "552 5.2.2 The email account that you tried to reach is over quota. Please direct the recipient to https://support.google.com/mail/?p=OverQuotaPerm" },
        { Throttled, Rcpt, "450 4.2.1 The user you are trying to contact is receiving mail too quickly. Please resend your message at a later time." },
        { Throttled, Rcpt, "450 4.2.1 The user you are trying to contact is receiving mail at a rate that prevents additional messages from being delivered." },
        { Throttled, Rcpt, "550 5.4.5 Daily user sending limit exceeded. For more information on Gmail sending limits go to https://support.google.com/a/answer/166852" },
        { Authentication, Data, "550 5.7.26 Unauthenticated email from return.example.org is not accepted due to domain's DMARC policy." },
        { Authentication, Data, "550-5.7.26 Your email has been blocked because the sender is unauthenticated. Gmail requires all senders to authenticate with either SPF or DKIM." },
        { Spam, Data, "550-5.7.1 [192.0.2.1] Our system has detected that this message is likely unsolicited mail. To reduce the amount of spam sent to Gmail, this message has been blocked." },
        { Blocked, Data, "550-5.7.25 The IP address sending this message does not have a PTR record setup, or the corresponding forward DNS entry does not match the sending IP." },
        { Policy, Data, "552-5.7.0 This message was blocked because its content presents a potential security issue." },
        { TooBig, Data, "552-5.3.4 Your message exceeded Google's message size limits." },
        { Policy, Rcpt, "550 5.7.1 The user or domain that you are sending to (or from) has a policy that prohibited the mail that you sent. Please contact your domain administrator for further details." },
        { BounceReason.System, Rcpt, "451 4.3.0 Mail server temporarily rejected message. Please try again later" },
        { Network, None, "DNS Error: DNS type 'mx' lookup of example.net responded with code NXDOMAIN Domain name not found: example.net" },
        { Network, None, "DNS Error: DNS type 'mx' lookup of example.net responded with code SERVFAIL" },
        { Expired, None, "The recipient server did not accept our requests to connect. Learn more at https://support.google.com/mail/answer/7720 [mx.example.net 192.0.2.25: timed out]" },
        { Content, Data, "550 5.7.1 Messages missing a valid Message-ID header are not accepted." },
        // Yahoo, AOL
        { UnknownUser, Rcpt, "554 delivery error: dd This user doesn't have a yahoo.com account (ann@yahoo.com) [0] - mta1234.mail.ne1.yahoo.com" },
        { UnknownUser, Data, "554 delivery error: dd Requested mail action aborted, mailbox not found" },
        { UnknownUser, Rcpt, "552 1 Requested mail action aborted, mailbox not found" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@aol.com>: Recipient address rejected: aol.com" },
        { Suspended, Rcpt, "554 delivery error: dd Sorry, your message to ann@yahoo.com cannot be delivered. This mailbox is disabled (554.30)." },
        { Suspended, Rcpt, "554 30 Sorry, your message to ann@yahoo.com cannot be delivered. This mailbox is disabled (554.30)" },
        { MailboxFull, Rcpt, "554 delivery error: dd Sorry, your message to ann@yahoo.com cannot be delivered. This account is over quota." },
        { MailboxFull, Rcpt, "552 1 Requested mail action aborted: exceeded storage allocation" },
        { Blocked, MailFrom, "553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.1, because the ip is in Spamhaus's list; see http://postmaster.yahoo.com/550-bl23.html" },
        { Throttled, MailFrom, "421 4.7.0 [TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume or user complaints - 4.16.55.1" },
        { Throttled, MailFrom, "421 4.7.1 [TS03] All messages from 192.0.2.1 will be permanently deferred; Retrying will NOT succeed." },
        { Policy, Data, "554 5.7.9 Message not accepted for policy reasons. See https://postmaster.yahooinc.com/error-codes" },
        { Authentication, Data, "550 5.7.9 This mail has been blocked because the sender is unauthenticated." },
        { Blocked, MailFrom, "554 5.7.1 (RLY:B1) The IP address has been blocked due to a spike in unfavorable e-mail statistics" },
        { Blocked, MailFrom, "554 RTR:BB http://postmaster.info.aol.com/errors/554rtrbb.html" },
        { SenderRefused, MailFrom, "501 5.1.8 Domain of sender address does not resolve" },
        // Apple
        { UnknownUser, Rcpt, "550 5.1.1 unknown or illegal alias: ann@icloud.com" },
        { Moved, Rcpt, "550 5.1.6 recipient no longer on server: ann@me.com" },
        { MailboxFull, Rcpt, "552 5.2.2 user is over quota" },
        { Policy, Data, "554 5.7.1 [CS01] Message rejected due to local policy. Please visit https://support.apple.com/en-us/HT204137" },
        // Comcast, Cox, Charter, AT&T, Verizon, Windstream, EarthLink, Rogers, Telus
        { UnknownUser, Rcpt, "550 5.1.1 Not our Customer" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@comcast.net> Account not available" },
        { Spam, Rcpt, "554 resimta-po-13v.sys.comcast.net comcast 192.0.2.1 Comcast block for spam. Please see http://postmaster.comcast.net/smtp-error-codes.php#BL000000" },
        { BounceReason.System, Rcpt, "421 resimta-po-13v.sys.comcast.net comcast Try again later" },
        { Blocked, Rcpt, "554 cxr.mx.a.cloudfilter.net 192.0.2.1 is blacklisted by Cox. CXBL" },
        { UnknownUser, Rcpt, "550 5.1.0 <ann@cox.net> recipient rejected" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@charter.net> recipient does not exist here" },
        { UnknownUser, Rcpt, "550 5.2.0 ann@example.net, the recipient has no such mailbox" },
        { Blocked, Rcpt, "553 5.3.0 flpd575 DNSBL:RBL 521< 192.0.2.1 >_is_blocked.For assistance forward this error to abuse_rbl@abuse-att.net" },
        { UnknownUser, Rcpt, "550 5.1.1 unknown recipient" },
        { UnknownUser, Rcpt, "550 550 5.1.1 Email address not found" },
        { Blocked, Rcpt, "550 IP 192.0.2.1 is blocked by EarthLink. Go to earthlink.net/block for details." },
        { UnknownUser, Rcpt, "550 ann@earthlink.net...User account is unavailable" },
        { UnknownUser, Rcpt, "550 5.1.1 No such user: ann" },
        { Suspended, Rcpt, "550 5.2.1 ann@example.net: account is currently disabled" },
        { UnknownUser, Rcpt, "550 #5.1.0 Address rejected." },
        { UnknownHost, Rcpt, "550 No such domain at this location" },
        // Amazon, SendGrid, Mailgun, Rackspace, GoDaddy, Zoho, Fastmail, Pobox, Network Solutions
        { UnknownUser, Rcpt, "550 5.1.1 Mailbox does not exist" },
        { UnknownUser, Rcpt, "550 5.1.1 Recipient account is not active" },
        { Refused, Rcpt, "550 5.1.1 This recipient does not accept mail from you (recipient preferences)" },
        { MailboxFull, Rcpt, "552 5.2.2 Mailbox full" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@example.net> Recipient not found. <https://community.secureserver.net/helpcenter>" },
        { Blocked, Rcpt, "554 p3plibsmtp01-12.prod.phx3.secureserver.net ESMTP No Relay Access Allowed From 192.0.2.1 bizsmtp IB103" },
        { UnknownUser, Rcpt, "550 5.1.1 The email account you tried to reach does not exist at this domain" },
        { UnknownUser, Rcpt, "553 5.3.0 The mailbox you are trying to reach does not exist" },
        { RelayingDenied, Rcpt, "553 Relaying disallowed as b@return.example.org" },
        { UnknownUser, Rcpt, "550 Invalid Recipient - https://www.zoho.com/mail/help/bounce" },
        { UnknownUser, Rcpt, "551 5.1.1 <ann@fastmail.com>: Recipient address rejected: User does not exist" },
        { Refused, None, "Recipient address on suppression list because it was blocked by the sender" },
        { Refused, None, "Bounced Address" },
        { Refused, None, "Not delivering to previously bounced address" },
        { Spam, Data, "550 5.7.1 Message rejected due to suspected spam content" },
    };
}
