namespace ClosedLoop.Model.Tokens;

/// <summary>
/// The key that signs now, and older ones that are only still recognised. Links live as long as the mail in somebody's mailbox,
/// so a key is rotated by adding a new current one and leaving the old one here.
/// </summary>
public sealed class SigningKeys
{
    private readonly SigningKey?[] _byId = new SigningKey?[byte.MaxValue + 1];

    /// <summary>The keys of one installation; every host that writes or reads its links has the same.</summary>
    /// <exception cref="ArgumentException">Two keys have the same id.</exception>
    public SigningKeys(SigningKey current, params IEnumerable<SigningKey> older)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(older);
        Current = current;
        _byId[current.Id] = current;
        foreach (var key in older)
        {
            if (_byId[key.Id] is not null)
                throw new ArgumentException($"Two signing keys have the id {key.Id}; each id names one key. Give the new key an unused id.", nameof(older));
            _byId[key.Id] = key;
        }
    }

    /// <summary>The key new tokens are signed with.</summary>
    public SigningKey Current { get; }

    /// <summary>The key of this id, or null when it was never known or has been withdrawn.</summary>
    public SigningKey? Find(byte id) => _byId[id];
}
