namespace ClosedLoop.Model.Mailings;

/// <summary>What a mailing is made of. The numbers are stored.</summary>
public enum MailingMode
{
    /// <summary>A copy for one group of a file; a further copy of its source may have to wait for it.</summary>
    Copy = 0,

    /// <summary>A campaign of another system; each recipient has a time of its own, and no other mailing waits for it.</summary>
    Campaign = 1,

    /// <summary>Recipients are added while it is sent; it ends when it is closed, not when nobody waits.</summary>
    Standing = 2,
}
