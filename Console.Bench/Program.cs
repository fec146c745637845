System.Console.WriteLine("scenarios: none yet");
