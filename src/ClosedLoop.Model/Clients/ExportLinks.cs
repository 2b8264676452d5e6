namespace ClosedLoop.Model.Clients;

/// <summary>What a row of the links file stands for (closed-loop spec section 17.5).</summary>
public enum ExportLinks
{
    /// <summary>One tracked link of one recipient.</summary>
    PerRecipient,

    /// <summary>One tracked link of a mailing, whoever got it.</summary>
    Shared,
}
