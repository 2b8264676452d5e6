using System.Globalization;

namespace ClosedLoop.Delivery.Channels.Smpp;

/// <summary>Values of command_status (SMPP 3.4 section 5.1.3) and what they mean for a message.</summary>
internal static class SmppStatus
{
    public const uint Ok = 0;
    public const uint UnknownCommand = 0x03;
    public const uint NotBound = 0x04;
    public const uint AlreadyBound = 0x05;
    public const uint SystemError = 0x08;
    public const uint BadSource = 0x0A;
    public const uint BadDestination = 0x0B;
    public const uint BindFailed = 0x0D;
    public const uint QueueFull = 0x14;
    public const uint Throttled = 0x58;
    public const uint TemporaryReceiverError = 0x64;

    /// <summary>What an answer to submit_sm other than <see cref="Ok"/> means.</summary>
    public static ChannelResult Judge(uint status)
    {
        var said = Describe(status);
        return status switch
        {
            Throttled or QueueFull => ChannelResult.Throttled(said, code: (int)status),

            // The session is not what this side takes it for; a new one will be.
            NotBound => ChannelResult.Throttled(said, code: (int)status),
            SystemError or TemporaryReceiverError => ChannelResult.Later(said, code: (int)status),
            BadDestination => ChannelResult.Dead(said, (int)status),
            BadSource => new ChannelResult(ChannelAction.GiveUp, said) { Scope = ChannelScope.Provider, Code = (int)status },
            _ => ChannelResult.Refused(said, (int)status),
        };
    }

    public static string Describe(uint status)
    {
        var name = status switch
        {
            UnknownCommand => "ESME_RINVCMDID",
            NotBound => "ESME_RINVBNDSTS",
            AlreadyBound => "ESME_RALYBND",
            SystemError => "ESME_RSYSERR",
            BadSource => "ESME_RINVSRCADR",
            BadDestination => "ESME_RINVDSTADR",
            BindFailed => "ESME_RBINDFAIL",
            0x0E => "ESME_RINVPASWD",
            0x0F => "ESME_RINVSYSID",
            QueueFull => "ESME_RMSGQFUL",
            0x01 => "ESME_RINVMSGLEN",
            0x45 => "ESME_RSUBMITFAIL",
            Throttled => "ESME_RTHROTTLED",
            TemporaryReceiverError => "ESME_RX_T_APPN",
            0x65 => "ESME_RX_P_APPN",
            0x66 => "ESME_RX_R_APPN",
            0xFF => "ESME_RUNKNOWNERR",
            _ => "command_status",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{name} (0x{status:X8})");
    }
}
