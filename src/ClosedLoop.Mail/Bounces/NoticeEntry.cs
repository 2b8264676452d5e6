namespace ClosedLoop.Mail.Bounces;

/// <summary>A recipient a text names, and the words that belong to it.</summary>
internal sealed record NoticeEntry(string Address, string Words);
