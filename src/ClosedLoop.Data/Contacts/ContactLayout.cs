namespace ClosedLoop.Data.Contacts;

/// <summary>Where the fields of a user database stand in its rows (<see cref="Model.Recipients.RecipientFields"/>). A field that left the definition keeps its place.</summary>
public sealed class ContactLayout(long clientId, long databaseId, IReadOnlyList<string> names)
{
    public long ClientId { get; } = clientId;

    public long DatabaseId { get; } = databaseId;

    /// <summary>Field names by place.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>Place of a field without regard to case, or -1.</summary>
    public int IndexOf(string name)
    {
        for (var i = 0; i < Names.Count; i++)
        {
            if (string.Equals(Names[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        }

        return -1;
    }
}
