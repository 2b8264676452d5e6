namespace ClosedLoop.Data.Channels;

/// <summary>What a provider reported of a message. The numbers are stored.</summary>
public enum ReceiptState
{
    /// <summary>The provider has it and goes on with it: nothing final, but the end of a doubt.</summary>
    Taken = 0,

    /// <summary>It is on the phone or device.</summary>
    Delivered = 1,

    /// <summary>It never will be: the number or device does not exist.</summary>
    FailedHard = 2,

    /// <summary>It was not this time: expired, phone off, refused by a filter.</summary>
    FailedSoft = 3,
}
