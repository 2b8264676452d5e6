namespace ClosedLoop.Model.Recipients;

/// <summary>Addresses of whatever channel, as operators write them.</summary>
public static class AnyAddress
{
    /// <summary>The ledger's form of an e-mail address, a phone number with a plus, or a device (<see cref="PushAddress"/>); null when it is none of them.</summary>
    public static string? TryNormalise(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.StartsWith('+')) return PhoneNumber.TryNormalise(text);
        return PushAddress.TryParse(text)?.ToString() ?? EmailAddress.TryNormalise(text);
    }
}
