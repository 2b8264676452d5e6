namespace ClosedLoop.Model.Verdicts;

/// <summary>Who was behind an open or click. The values are stored.</summary>
public enum EventVerdict
{
    /// <summary>A person, also one whose mail program loads pictures through a proxy when the mail is read (Gmail, Yahoo).</summary>
    Human = 1,

    /// <summary>A privacy proxy that loads every picture, whether or not anybody reads (Apple's mail privacy protection).</summary>
    PrivacyProxy = 2,

    /// <summary>A security gateway or another robot that follows links and loads pictures to examine them.</summary>
    Scanner = 3,

    /// <summary>A program that loads ahead of a person: prefetching browsers and mailboxes, previews in chats.</summary>
    Prefetch = 4,
}
