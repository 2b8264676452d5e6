using ClosedLoop.Data.Contacts;
using ClosedLoop.Model.Accounts;
using ClosedLoop.Model.Orders;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Orders.Deliveries;

/// <summary>Makes the address of a row, in the form the ledger has it for its channel (decision 022).</summary>
internal sealed class ContactAddress
{
    private readonly OrderChannel _channel;
    private readonly string? _countryCode;
    private readonly int _at;
    private readonly int _endpointAt;

    /// <param name="channel">Says which field it is.</param>
    /// <param name="countryCode">For phone numbers without one.</param>
    /// <param name="layout">Places of the fields.</param>
    /// <param name="database">Definition of the fields.</param>
    public ContactAddress(OrderChannel channel, string? countryCode, ContactLayout layout, UserDatabase database)
    {
        (_channel, _countryCode) = (channel, countryCode);
        _at = PlaceOf(channel switch { OrderChannel.Email => FieldRole.Email, OrderChannel.Sms => FieldRole.Phone, _ => FieldRole.PushToken });
        _endpointAt = PlaceOf(FieldRole.PushEndpoint);

        int PlaceOf(FieldRole role) => database.Fields.FirstOrDefault(field => field.Role == role) is { } field ? layout.IndexOf(field.Name) : -1;
    }

    /// <summary>Writes the address.</summary>
    /// <param name="fields">The row.</param>
    /// <param name="starts">Where its fields begin; -1 for those without a value.</param>
    /// <param name="lengths">How long they are.</param>
    /// <param name="output">At least <see cref="PushAddress.MaxLength"/> bytes.</param>
    /// <returns>Its length; 0 when the row has none that can be used.</returns>
    public int Write(ReadOnlySpan<byte> fields, ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths, Span<byte> output)
    {
        if (_at < 0 || starts[_at] < 0) return 0;
        var value = fields.Slice(starts[_at], lengths[_at]);
        switch (_channel)
        {
            case OrderChannel.Email:
                return EmailAddress.Normalise(value, output, out var written) == EmailFault.None ? written : 0;
            case OrderChannel.Sms:
                return PhoneNumber.Normalise(value, _countryCode, output, out var digits) is null ? digits : 0;
            default:
                if (_endpointAt < 0 || starts[_endpointAt] < 0 || PushAddress.PlatformOf(fields.Slice(starts[_endpointAt], lengths[_endpointAt])) is not { } platform) return 0;
                return PushAddress.Normalise(platform, value, output, out var length) is null ? length : 0;
        }
    }
}
