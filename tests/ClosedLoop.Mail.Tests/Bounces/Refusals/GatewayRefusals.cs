using ClosedLoop.Mail.Bounces;
using static ClosedLoop.Mail.Bounces.BounceReason;
using static ClosedLoop.Mail.Tests.Bounces.Refusals.RefusalReport;

namespace ClosedLoop.Mail.Tests.Bounces.Refusals;

/// <summary>Filters that stand before a site, by appliance or as a service.</summary>
public static class GatewayRefusals
{
    public static TheoryData<BounceReason, string, string> All => new()
    {
        // Mimecast
        { UnknownUser, Rcpt, "550 Invalid Recipient - https://community.mimecast.com/docs/DOC-1369#550 [AbCdEf.uk123]" },
        { SenderRefused, Rcpt, "550 Administrative Lockout Sender Blocked" },
        { Policy, Rcpt, "550 Administrative prohibition - envelope blocked - https://community.mimecast.com/docs/DOC-1369#550" },
        { BounceReason.System, Rcpt, "451 Internal resources are temporarily unavailable - https://community.mimecast.com/docs/DOC-1369#451" },
        { Throttled, Rcpt, "451 Recipient temporarily unavailable - greylisting" },
        { Virus, Data, "554 Email rejected due to security policies - MCSpamSignature.x.x virus found" },
        { Spam, Data, "554 Email rejected due to security policies - MCSpamSignature.sa.1.2" },
        { Authentication, Data, "550 DMARC Sender Invalid - envelope rejected" },
        { Authentication, Rcpt, "550 SPF Sender Invalid - envelope rejected" },
        { Blocked, Rcpt, "550 csi.mimecast.org Poor Reputation Sender. - https://community.mimecast.com" },
        // Proofpoint, Proofpoint Essentials, Cloudmark
        { UnknownUser, Rcpt, "550 5.1.1 User Unknown" },
        { Blocked, Rcpt, "554 5.7.0 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1" },
        { Blocked, Rcpt, "421 service not available (connection refused, too many connections) PDR blocked using spamhaus" },
        { Refused, Data, "554 5.7.1 Recipient does not accept external mail" },
        { UnknownUser, Rcpt, "550 5.1.0 Recipient rejected (R1)" },
        { UnknownUser, Rcpt, "550 5.7.1 unable to verify user address" },
        { UnknownUser, Rcpt, "550 5.1.1 recipient denied: account not registered" },
        { Virus, Data, "550 5.7.0 Message considered spam or virus: Your IP: 192.0.2.1" },
        { Blocked, Rcpt, "554 5.7.1 Your IP 192.0.2.1 has been blocked by Cloudmark Sender Intelligence, reset at https://csi.cloudmark.com/" },
        // Barracuda
        { UnknownUser, Rcpt, "550 No such recipient" },
        { UnknownUser, Rcpt, "550 <ann@example.net>: Recipient address rejected: No such user (ann@example.net)" },
        { Blocked, Rcpt, "554 Service unavailable; Client host [relay.example.org] blocked using Barracuda Reputation; http://www.barracudanetworks.com/reputation/?r=1&ip=192.0.2.1" },
        { Spam, Data, "550 permanent failure for one or more recipients (ann@example.net:blocked)" },
        { UnknownUser, Rcpt, "550 Invalid recipient ann@example.net" },
        { UnknownUser, Rcpt, "550 Recipient verification failed: user not in directory" },
        // IronPort
        { UnknownUser, Rcpt, "550 #5.1.0 Address rejected ann@example.net" },
        { Blocked, Rcpt, "554 Your access to this mail system has been rejected due to the sending MTA's poor reputation. If you believe that this failure is in error, please contact the intended recipient via alternate means." },
        { Blocked, Rcpt, "550 #5.7.1 Your access to submit messages to this e-mail system has been rejected." },
        { Throttled, Rcpt, "452 Too many recipients received this hour" },
        { Throttled, Rcpt, "452 #4.5.3 Too many recipients" },
        { TooBig, Data, "552 #5.3.4 message size exceeds limit" },
        { Spam, Data, "550 #5.7.1 Your message was rejected because it appears to be spam" },
        { SenderRefused, Rcpt, "553 #5.1.8 Domain of sender address <b@return.example.org> does not exist" },
        // MessageLabs, Symantec, Trend Micro, McAfee, Sophos, FortiMail, SonicWall, Forcepoint
        { UnknownUser, Rcpt, "550-Invalid recipient <ann@example.net> 550 (#5.1.1)" },
        { Blocked, Rcpt, "501 Connection rejected by policy [7.7] 20714, please visit www.messagelabs.com/support for more details about this error message." },
        { Policy, Rcpt, "553-Message filtered. Refer to the Troubleshooting page at 553-http://www.symanteccloud.com/troubleshooting for more information. (#5.7.1)" },
        { Blocked, Data, "553 mail rejected because your IP is in the PBL spam list" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@example.net>: Recipient address rejected: User unknown in relay recipient table (in.hes.trendmicro.com)" },
        { Blocked, Rcpt, "550 Service unavailable; Client host [192.0.2.1] blocked using Trend Micro Email Reputation Service. Please see http://www.mail-abuse.com/cgi-bin/lookup?ip_address=192.0.2.1" },
        { UnknownUser, Rcpt, "550 Denied by policy: recipient unknown" },
        { UnknownUser, Rcpt, "550 5.7.1 Recipient verification failed" },
        { Virus, Data, "554 5.7.1 Virus Eicar-Test-Signature detected" },
        { Virus, Data, "552 Message contains a virus" },
        { Throttled, Rcpt, "451 Try again later, FortiGuard-AntiSpam greylist" },
        { Spam, Rcpt, "554 5.7.1 This message has been blocked because it contains FortiGuard - AntiSpam blocking URL(s)" },
        { UnknownUser, Rcpt, "550 5.1.1 <ann@example.net>... User unknown (relay by antispam.example.net)" },
        { Refused, Rcpt, "550 Mail to ann@example.net is blocked by recipient" },
        { Policy, Data, "554 5.7.1 The file report.exe has been blocked. File quarantined; attachment type not permitted" },
        { UnknownUser, Rcpt, "550 cuda_nsu No such user" },
        { UnknownUser, Rcpt, "554 5.1.1 rejecting: recipient not in recipient map" },
        { UnknownUser, Rcpt, "550 5.1.1 Recipient does not exist (Hornetsecurity)" },
        { UnknownUser, Rcpt, "550 Recipient Rejected: No account by that name here" },
        { UnknownUser, Rcpt, "554 5.7.1 <ann@example.net>: Recipient address rejected: user not existing" },
        { Blocked, Rcpt, "554 5.7.1 Reject - sender host has no reverse DNS entry" },
        { Blocked, Rcpt, "421 Refused. You have no reverse DNS entry." },
        { Blocked, Rcpt, "550 5.7.1 Rejected: 192.0.2.1 listed at psbl.surriel.com" },
        { Authentication, Rcpt, "550 5.7.1 Message rejected: SPF hard fail for return.example.org" },
        { Content, Rcpt, "550 5.6.0 Lone CR or LF in headers (see RFC2822 section 2.2)" },
    };
}
