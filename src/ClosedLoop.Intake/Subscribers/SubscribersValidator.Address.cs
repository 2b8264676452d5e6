using System.Text;
using ClosedLoop.Model.Errors;
using ClosedLoop.Model.Mailings;
using ClosedLoop.Model.Recipients;

namespace ClosedLoop.Intake.Subscribers;

/// <summary>The address of one record, by the channel of its group (decision 022).</summary>
public sealed partial class SubscribersValidator
{
    private ReadOnlySpan<byte> CheckAddress(SubscribersReader reader, FileGroup? group, int column, ref bool valid)
    {
        var length = 0;
        var fault = group?.Channel switch
        {
            MessageChannel.Sms => PhoneNumber.Normalise(reader.Field(column), _client.Channels!.Sms!.CountryCode, _address, out length),
            MessageChannel.Push => Device(reader, column, out length),
            _ => Mailbox(reader, column, out length),
        };
        if (fault is not null)
        {
            valid = false;
            Report(reader, FieldCheck.Trim(reader.Field(column)).IsEmpty ? ErrorCodes.E201 : ErrorCodes.E202, column, group, fault);
        }
        else if (length > _client.List.Fields[column].EffectiveLength)
        {
            valid = false;
            ReportTooLong(reader, column, group);
        }
        else if (_testList is not null && !IsOnTestList(_address.AsSpan(0, length)))
        {
            valid = false;
            Report(reader, ErrorCodes.E206, column, group, "the address is not on the test list (import.testList); the test folder mails nobody else");
        }

        return _address.AsSpan(0, length);
    }

    private string? Mailbox(SubscribersReader reader, int column, out int length)
    {
        var fault = EmailAddress.Normalise(reader.Field(column), _address, out length, _client.Relay.SmtpUtf8);
        return fault == EmailFault.None ? null : EmailAddress.Describe(fault);
    }

    private string? Device(SubscribersReader reader, int column, out int length)
    {
        length = 0;
        var push = _client.Channels!.Push!;
        var name = _columns.Platform < 0 ? default : FieldCheck.Trim(reader.Field(_columns.Platform));
        var platform = name.IsEmpty && push.DefaultPlatform is { } otherwise ? PushAddress.PlatformOf(Encoding.ASCII.GetBytes(otherwise)) : PushAddress.PlatformOf(name);
        if (platform is not { } known) return $"the platform of the device token is not known; expected fcm or apns in column {push.PlatformField}";
        if ((known == PushPlatform.Fcm ? (object?)push.Fcm : push.Apns) is null) return $"the client has no channels.push.{known.ToString().ToLowerInvariant()}, which this device token needs";
        return PushAddress.Normalise(known, reader.Field(column), _address, out length);
    }

    private bool IsOnTestList(ReadOnlySpan<byte> address)
    {
        var text = Encoding.UTF8.GetString(address);
        return _testList!.Any(pattern => pattern.Matches(text));
    }
}
