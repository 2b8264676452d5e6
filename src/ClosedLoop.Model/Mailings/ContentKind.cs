namespace ClosedLoop.Model.Mailings;

/// <summary>What fetched content is for (closed-loop spec section 10).</summary>
public enum ContentKind
{
    /// <summary>HTML or plain text, put where its name stands.</summary>
    Text,

    /// <summary>The first line of the answer is the address of a link.</summary>
    Link,
}
